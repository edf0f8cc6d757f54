package dev.starling.crawler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.fetch.FetchStats;
import dev.starling.crawler.walk.CrawlStats;
import dev.starling.crawler.walk.SizeEstimate;
import dev.starling.node.Output;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CrawlReportTest {

    private static final FetchStats FETCH = new FetchStats(3, 0, 1, 5, 0, 0, 2, 4, 0);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private CrawlReport report(boolean isTerminal) {
        var mode = new Output.Mode(false, isTerminal, false);
        return new CrawlReport(
                new Output(new PrintWriter(out, true), new PrintWriter(err, true), mode));
    }

    private static CrawlService.Stats visited(long nodes, SizeEstimate size) {
        var walk = new CrawlStats(nodes, nodes, 6, 12, 12, 80, 70, 1, 0, 1, 0, 8, 9, 10, 0, size);
        return new CrawlService.Stats(walk, FETCH, 0, false);
    }

    /// What a terminal shows, line by line.
    private List<String> drawn() {
        return out.toString().replaceAll("\u001b\\[\\d*[A-Za-z]|\r", "").lines().toList();
    }

    @Test
    void whileTheSizeIsUnknownADashStandsForTheShare() {
        report(false).progress(visited(7, SizeEstimate.UNKNOWN), 2);

        assertThat(err.toString().strip())
                .isEqualTo(
                        "7 visited, – of the network, 12 infohashes, 0 torrents;"
                                + " 40 queries/s, 0 torrents/s");
    }

    @Test
    void theShareIsOfTheEstimatedSize() {
        report(false).progress(visited(1_200, new SizeEstimate(2_000, 1_990, 2_010)), 2);

        assertThat(err.toString())
                .startsWith("1,200 visited, 60.0 % of about 2,000 (1,990 to 2,010), 12 infohashes");
    }

    @Test
    void aTerminalShowsAPicture() {
        report(true).progress(visited(7, new SizeEstimate(7, 7, 8)), 2);

        assertThat(drawn())
                .containsExactly(
                        "nodes                7 visited, 100 % of about 7 (7 to 8)",
                        "queries           40/s   8 in flight, 9 waiting; zone 0 of 1",
                        "hashes              12   10 swarms counted",
                        "torrents             0   0/s; 2 connections, 4 waiting, 1 failed");
    }
}
