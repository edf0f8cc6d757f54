package dev.starling.crawler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.fetch.FetchStats;
import dev.starling.crawler.walk.CrawlStats;
import dev.starling.crawler.walk.SizeEstimate;
import dev.starling.crawler.walk.Zone;
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

    private static Id startingWith(int firstByte) {
        return new Id((long) firstByte << 56, 0, 1);
    }

    private long nodes(int cell) {
        return watch.keyspace().cells().get(cell).nodes();
    }

    private long nodes() {
        return watch.keyspace().cells().stream().mapToLong(Keyspace.Cell::nodes).sum();
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
    void aNodeIsDrawnWhereItLiesHoweverLargeTheZone() {
        watch.visited(startingWith(0x10));
        watch.visited(startingWith(0x6b));
        watch.visited(startingWith(0xa0));
        watch.visited(startingWith(0xa0));
        watch.swept(new Zone(0, 0));

        assertThat(nodes(0x10)).isOne();
        assertThat(nodes(0x6b)).isOne();
        assertThat(nodes(0xa0)).isEqualTo(2);
        assertThat(nodes()).isEqualTo(4);
    }

    @Test
    void aSweepIsSeenUntilTheNextHasVisitedANode() {
        watch.isNew(new Id(0, 0, 1));
        watch.visited(startingWith(0x10));
        watch.swept(new Zone(0, 0));

        watch.sweepEnded();
        long afterTheEnd = nodes();
        watch.visited(startingWith(0xa0));
        watch.visited(startingWith(0xa0));

        assertThat(afterTheEnd).isOne();
        assertThat(nodes(0x10)).isZero();
        assertThat(nodes(0xa0)).isEqualTo(2);
        assertThat(watch.keyspace().cells().getFirst().infoHashes()).isOne();
        assertThat(watch.keyspace().cells()).allMatch(cell -> cell.swept() == 0);
    }
}
