package dev.starling.crawler.walk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The estimate against worlds whose size is known, with dead contacts and loss.
final class SizeEstimateSimTest {

    private static final int SEEDS = 20;
    private static final int NODES = 3_000;

    @Test
    void theIntervalHoldsTheTruthInNineteenOfTwentyWorldsAndTheEstimateIsWithinTwoPercent() {
        int held = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var size = size(seed, NODES);
            held += size.low() <= NODES && NODES <= size.high() ? 1 : 0;
            assertThat(size.nodes()).as("seed %d", seed).isBetween(0.98 * NODES, 1.02 * NODES);
        }

        assertThat(held).isGreaterThanOrEqualTo(SEEDS - 1);
    }

    @Test
    void aPartOfASweepTellsTheSizeOfTheWholeWithAWiderInterval() {
        var world = new PaperWorld(1, 8_000, 0.15).losing(0.05);
        var machine =
                world.crawl(
                        PaperWorld.settings(1, 400),
                        () ->
                                world.told.stream()
                                                .filter(CrawlEffect.ZoneSwept.class::isInstance)
                                                .count()
                                        == 4);

        var size = machine.stats().size();

        assertThat(size.nodes()).isBetween(0.9 * 8_000, 1.1 * 8_000);
        assertThat(size.low()).isLessThan(8_000);
        assertThat(size.high()).isGreaterThan(8_000);
    }

    static SizeEstimate size(long seed, int nodes) {
        var world = new PaperWorld(seed, nodes, 0.15).losing(0.05);
        return world.sweep(PaperWorld.settings(seed, 5_000)).size();
    }
}
