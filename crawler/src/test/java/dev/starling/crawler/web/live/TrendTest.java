package dev.starling.crawler.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TrendTest {

    @Test
    void aWholeRunStaysInABoundedNumberOfSamples() {
        var trend = new Trend();
        int seconds = 100_000;

        for (int second = 0; second <= seconds; second++) {
            trend.add(new Trend.Sample(second * 1_000L, CrawlFigures.NOTHING));
        }

        var samples = trend.samples();
        assertThat(samples).hasSizeBetween(Trend.MAX_SAMPLES / 2 - 1, Trend.MAX_SAMPLES);
        assertThat(samples.getFirst().millis()).isZero();
        assertThat(samples.getLast().millis()).isGreaterThan(seconds * 995L);
        assertThat(samples).extracting(Trend.Sample::millis).isSorted().doesNotHaveDuplicates();
    }
}
