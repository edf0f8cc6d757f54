package dev.starling.crawler.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcQuery;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CrawlMachineSimTest {

    @Test
    void oneSweepVisitsNearlyEveryNodeAndFindsNearlyEveryInfohash() {
        var world = new PaperWorld(1, 3_000, 0.15).torrents(1_000, 3).losing(0.05);

        var stats = world.sweep(PaperWorld.settings(1, 2_000));

        assertThat(stats.nodesVisited()).isGreaterThanOrEqualTo(world.live() * 99L / 100);
        assertThat(world.told)
                .filteredOn(CrawlEffect.Visited.class::isInstance)
                .doesNotHaveDuplicates()
                .hasSize((int) stats.nodesVisited());
        assertThat(world.sighted()).hasSizeGreaterThanOrEqualTo(990);
        assertThat(world.infoHashes()).containsAll(world.sighted());
    }

    @Test
    void noNodeIsAskedForInfohashesTwiceWithinItsInterval() {
        var world = new PaperWorld(2, 500, 0.15).torrents(100, 1).losing(0.1);
        world.intervalSeconds = 900;

        world.crawl(PaperWorld.settings(2, 1_000), () -> sweeps(world) == 4);

        assertThat(world.sampled).isNotEmpty();
        world.sampled
                .values()
                .forEach(times -> {
                    for (int i = 1; i < times.size(); i++) {
                        assertThat(times.get(i) - times.get(i - 1)).isGreaterThanOrEqualTo(900);
                    }
                });
        assertThat(world.sampled.values()).anyMatch(times -> times.size() > 1);
    }

    @Test
    void aRestartedCrawlHonoursTheIntervalsOfTheOneBefore() {
        var world = new PaperWorld(3, 300, 0);
        world.sweep(PaperWorld.settings(3, 1_000));
        int before = world.sampled.values().stream().mapToInt(List::size).sum();
        world.told.clear();

        world.sweep(PaperWorld.settings(4, 1_000));

        assertThat(world.sampled.values()).allMatch(times -> times.size() == 1);
        assertThat(before).isGreaterThan(290);
    }

    @Test
    void aSweepBrokenOffGoesOnWhereItWas() {
        var world = new PaperWorld(5, 4_000, 0);
        world.crawl(PaperWorld.settings(5, 500), () -> swept(world).size() == 3);
        var first = swept(world);
        world.told.clear();

        world.resume(new CrawlInput.Resume(first.getFirst().bits(), indexes(first)));
        world.sweep(PaperWorld.settings(5, 500));

        assertThat(swept(world)).isNotEmpty().doesNotContainAnyElementsOf(first);
    }

    @Test
    void slicesDivideTheNetworkWithoutOverlap() {
        var world = new PaperWorld(6, 2_000, 0);
        long visited = 0;
        var all = new ArrayList<Zone>();
        for (int number = 1; number <= 3; number++) {
            world.told.clear();
            var whole = PaperWorld.settings(6, 2_000);
            visited +=
                    world.sweep(
                                    new CrawlMachine.Settings(
                                            whole.ids(),
                                            new Slice(number, 3),
                                            whole.rules(),
                                            true,
                                            true,
                                            false,
                                            2_000,
                                            0))
                            .nodesVisited();
            all.addAll(swept(world));
        }

        assertThat(all).doesNotHaveDuplicates();
        assertThat(visited).isBetween(1_980L, 2_000L);
    }

    @Test
    void severalIdsSweepTheSameNetwork() {
        var world = new PaperWorld(7, 2_000, 0);
        var one = PaperWorld.settings(7, 2_000);
        var random = new SplittableRandom(7);
        var ids = List.of(Id.random(random), Id.random(random), Id.random(random));

        var stats =
                world.sweep(
                        new CrawlMachine.Settings(
                                ids, Slice.WHOLE, one.rules(), true, true, false, 2_000, 0));

        assertThat(stats.nodesVisited()).isGreaterThanOrEqualTo(1_980);
    }

    @Test
    void swarmsAreCountedFromSeveralNodesAndTheirPeersHandedOn() {
        var world = new PaperWorld(8, 1_000, 0).torrents(50, 40);

        world.sweep(PaperWorld.settings(8, 1_000));

        var counted =
                world.told.stream()
                        .filter(CrawlEffect.Counted.class::isInstance)
                        .map(effect -> ((CrawlEffect.Counted) effect).health())
                        .toList();
        assertThat(counted).hasSize(50).allMatch(health -> health.sources() >= Swarms.SOURCES);
        assertThat(counted)
                .filteredOn(health ->
                        Math.abs(health.leechers() - 40) <= Math.max(1, health.leechersError()))
                .hasSizeGreaterThanOrEqualTo(45);
    }

    @Test
    void whatIsKnownIsNotAskedAbout() {
        var world = new PaperWorld(9, 500, 0).torrents(100, 3);
        world.verdict = _ -> Verdict.KNOWN;

        world.sweep(PaperWorld.settings(9, 1_000));

        assertThat(world.told).noneMatch(CrawlEffect.PeersFound.class::isInstance);
        assertThat(world.told).noneMatch(CrawlEffect.Counted.class::isInstance);
    }

    @Test
    void theBudgetIsNeverExceeded() {
        var world = new PaperWorld(10, 1_000, 0.15);
        long begin = world.clock().nowNanos();

        world.sweep(PaperWorld.settings(10, 100));

        double seconds = (world.clock().nowNanos() - begin) / 1e9;
        assertThat(world.queries).isLessThan((long) (seconds * 100 + 200));
    }

    @Test
    void aPausedCrawlAnswersAsksNobodyForInfohashesAndThenFinishesItsSweep() {
        var world = new PaperWorld(12, 2_000, 0.15).torrents(100, 3).losing(0.05);
        var run = world.begin(PaperWorld.answering(12, 500));
        run.forSeconds(3);
        run.handle(new CrawlInput.Pause(true));
        long asked = world.samples;
        long queries = world.queries;

        run.forSeconds(300);
        run.handle(new CrawlInput.Datagram(0, world.endpoint(7), ping()));
        long askedWhilePaused = world.samples - asked;
        long upkeep = world.queries - queries;
        run.handle(new CrawlInput.Pause(false));
        var stats = run.sweep();

        assertThat(asked).isPositive();
        assertThat(askedWhilePaused).isZero();
        assertThat(upkeep).isLessThan(300); // of its own table, as any node
        assertThat(world.answered).containsExactly(world.endpoint(7));
        assertThat(stats.nodesVisited()).isGreaterThanOrEqualTo(1_980);
    }

    @Test
    void sameSeedSameCrawl() {
        var first = new PaperWorld(11, 500, 0.15).torrents(50, 2).losing(0.05);
        var second = new PaperWorld(11, 500, 0.15).torrents(50, 2).losing(0.05);

        first.sweep(PaperWorld.settings(11, 500));
        second.sweep(PaperWorld.settings(11, 500));

        assertThat(first.queries).isEqualTo(second.queries);
        assertThat(first.clock().nowNanos()).isEqualTo(second.clock().nowNanos());
        assertThat(first.told.toString()).isEqualTo(second.told.toString());
    }

    private static ByteBuffer ping() {
        var header =
                new KrpcQuery.Header(
                        ByteString.of(new byte[] {'a', 'b'}),
                        Id.random(new SplittableRandom(1)),
                        false,
                        KrpcCodec.VERSION);
        return new KrpcCodec().encode(new KrpcQuery.Ping(header));
    }

    private static int sweeps(PaperWorld world) {
        return (int) world.told.stream().filter(CrawlEffect.SweepEnded.class::isInstance).count();
    }

    private static List<Integer> indexes(List<Zone> zones) {
        return zones.stream().map(Zone::index).toList();
    }

    private static List<Zone> swept(PaperWorld world) {
        return world.told.stream()
                .filter(CrawlEffect.ZoneSwept.class::isInstance)
                .map(effect -> ((CrawlEffect.ZoneSwept) effect).zone())
                .toList();
    }
}
