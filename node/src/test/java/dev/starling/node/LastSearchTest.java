package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.id.Id;
import dev.starling.metainfo.Magnet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LastSearchTest {

    private static final SplittableRandom RANDOM = new SplittableRandom(7);
    private static final Magnet FIRST = Magnet.of(Id.random(RANDOM));
    private static final Magnet SECOND = Magnet.of(Id.random(RANDOM));

    @TempDir private Path data;

    @Test
    void aNumberNamesTheResultThatHadIt() throws Failure, IOException {
        var last = LastSearch.in(data.resolve("new"));

        last.remember(20, List.of(FIRST, SECOND));

        assertThat(last.result("21")).isEqualTo(FIRST.toUri());
        assertThat(last.result("22")).isEqualTo(SECOND.toUri());
        refused(last, "2", "showed results 21 to 22");
    }

    private static void refused(LastSearch last, String number, String why) {
        assertThatThrownBy(() -> last.result(number))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no result " + number)
                .hasMessageContaining(why);
    }

    @Test
    void aSearchWithoutResultsReplacesNothing() throws Failure, IOException {
        var last = LastSearch.in(data);
        last.remember(0, List.of(FIRST, SECOND));

        last.remember(0, List.of());

        assertThat(last.result("2")).isEqualTo(SECOND.toUri());
        refused(last, "9", "the last search in " + data + " has 2 results");
    }

    @Test
    void aLaterSearchReplacesAnEarlierOne() throws Failure, IOException {
        var last = LastSearch.in(data);

        last.remember(0, List.of(FIRST, SECOND));
        last.remember(0, List.of(SECOND));

        assertThat(last.result("1")).isEqualTo(SECOND.toUri());
        refused(last, "2", "has 1 result");
    }

    @Test
    void withoutASearchNumbersNameNothing() {
        var last = LastSearch.in(data);

        refused(last, "1", "no search with this data folder, " + data);
    }

    @Test
    void onlyWholeNumbersAreNumbers() {
        assertThat(List.of("1", "99999")).allMatch(LastSearch::isNumber);
        assertThat(List.of("0", "01", "-1", "photos.torrent", "")).noneMatch(LastSearch::isNumber);
    }
}
