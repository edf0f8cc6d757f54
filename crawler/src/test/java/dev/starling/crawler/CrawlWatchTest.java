package dev.starling.crawler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.fetch.FetchStats;
import dev.starling.crawler.walk.CrawlEffect;
import dev.starling.crawler.walk.CrawlStats;
import dev.starling.crawler.walk.SizeEstimate;
import dev.starling.crawler.walk.Zone;
import dev.starling.crawler.walk.ZoneCount;
import dev.starling.crawler.web.live.CrawlFigures;
import dev.starling.crawler.web.live.Keyspace;
import dev.starling.id.Id;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrawlWatchTest {

    @TempDir private Path folder;

    private PauseMark mark;
    private CrawlWatch watch;

    @BeforeEach
    void begin() {
        mark = new PauseMark(folder);
        watch = new CrawlWatch(mark);
    }

    @Test
    void aPauseIsAMarkInTheFolderUntilItIsTakenAway() throws IOException {
        watch.pause(true);
        boolean isSet = mark.isSet();
        boolean isSetAgain = mark.set(true);
        watch.pause(false);

        assertThat(isSet).isTrue();
        assertThat(isSetAgain).isFalse();
        assertThat(mark.isSet()).isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    private long nodes() {
        return watch.keyspace().cells().stream().mapToLong(Keyspace.Cell::nodes).sum();
    }

    /// Half of the keyspace is done with, with so many nodes that answered.
    private static CrawlEffect.ZoneSwept half(int index, int nodes) {
        var count = new ZoneCount(nodes, 0, 0, nodes, 0, 3, 0);
        return new CrawlEffect.ZoneSwept(new Zone(index, 1), count);
    }

    @Test
    void nothingIsKnownBeforeTheFirstFigures() {
        assertThat(watch.figures()).isEqualTo(CrawlFigures.NOTHING);
        assertThat(nodes()).isZero();
    }

    @Test
    void eachFigureIsTheOneOfItsName() {
        var walk =
                new CrawlStats(
                        1,
                        20,
                        3,
                        40,
                        5,
                        60,
                        70,
                        80,
                        90,
                        10,
                        11,
                        12,
                        13,
                        14,
                        15,
                        new SizeEstimate(4, 3, 5));
        var fetch = new FetchStats(21, 22, 23, 24, 25, 26, 27, 28, 29);

        watch.at(new CrawlService.Stats(walk, fetch, 31, true), 41);

        assertThat(watch.figures())
                .isEqualTo(
                        new CrawlFigures(
                                new CrawlFigures.Counts(20, 40, 41, 60, 70, 14, 15),
                                new CrawlFigures.Queues(12, 13, 27, 28),
                                new CrawlFigures.Sweep(11, 80, 90),
                                new CrawlFigures.Size(4, 3, 5),
                                0.25,
                                true));
    }

    @Test
    void zonesOfOneSweepAddUp() {
        watch.swept(half(0, 300));
        watch.swept(half(1, 200));

        assertThat(nodes()).isEqualTo(500);
    }

    @Test
    void aSweepIsSeenUntilTheNextHasSweptAZone() {
        watch.isNew(new Id(0, 0, 1));
        watch.swept(half(0, 300));

        watch.sweepEnded();
        long afterTheEnd = nodes();
        watch.swept(half(1, 20));
        watch.swept(half(0, 10));

        assertThat(afterTheEnd).isEqualTo(300);
        assertThat(nodes()).isEqualTo(30);
        assertThat(watch.keyspace().cells().getFirst().infoHashes()).isOne();
    }
}
