package dev.starling.bench.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LookupRowTest {

    private static final String TARGET = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void rivalsLineIsReadWhateverItLeavesOut() {
        var line =
                "{\"event\": \"lookup\", \"target\": \""
                        + TARGET
                        + "\", \"millisToFirstPeers\": 12.5}";

        var row = LookupRow.parse(line);

        assertThat(row).contains(new LookupRow(TARGET, -1, 12.5, -1, -1, -1, -1));
    }

    @Test
    void otherLinesArePassedOver() {
        assertThat(LookupRow.parse("{\"event\": \"summary\", \"lookups\": 3}")).isEmpty();
        assertThat(LookupRow.parse("joining")).isEmpty();
        assertThat(LookupRow.parse("{\"event\": \"lookup\", \"target\": \"12\"}")).isEmpty();
    }

    @Test
    void figuresToFirstPeersCountOnlyLookupsThatFoundSome() {
        var racer =
                new Racer(
                        "it",
                        List.of(
                                new LookupRow(TARGET, 3, 10, 20, 5, 0, 1),
                                new LookupRow(TARGET, 0, -1, 20, 5, 0, 1),
                                new LookupRow(TARGET, 3, 30, 20, 5, 0, 1)));

        assertThat(racer.found()).hasSize(2);
        assertThat(racer.firstPeers(0.5)).hasValue(20);
        assertThat(racer.summary().toJson())
                .contains("\"lookups\":3", "\"found\":2", "\"millisToFirstPeersMedian\":20.0");
    }

    @Test
    void whatARacerDoesNotTellIsADashAndNoFigure() {
        var row = new LookupRow(TARGET, 1, 12.25, -1, -1, -1, -1);
        var racer = new Racer("libtorrent_lookup.py", List.of(row, row));

        assertThat(racer.line())
                .contains(" 12 ", " – ", "libtorrent_lookup.py")
                .doesNotContain("-1");
        assertThat(racer.summary().toJson())
                .contains("\"millisToFirstPeersMedian\":12.25")
                .doesNotContain("-1", "queriesMedian", "millisMedian");
        assertThat(LookupCommand.line(row)).contains("1 peer ", "– queries").doesNotContain("-1");
    }

    @Test
    void plotHasALineForEachRacerAndNoMarkupOfTheirNames() {
        var row = new LookupRow(TARGET, 3, 10, 20, 5, 0, 1);

        var svg =
                LookupPlot.svg(
                        List.of(new Racer("ours", List.of(row)), new Racer("<b>", List.of(row))));

        assertThat(svg).contains(">ours<", ">&lt;b><").doesNotContain("<b>");
    }
}
