package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;

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
    void aNumberNamesTheResultThatHadIt() throws IOException {
        var last = LastSearch.in(data.resolve("new"));

        last.remember(20, List.of(FIRST, SECOND));

        assertThat(last.result("21")).contains(FIRST.toUri());
        assertThat(last.result("22")).contains(SECOND.toUri());
        assertThat(last.result("2")).isEmpty();
    }

    @Test
    void aLaterSearchReplacesAnEarlierOne() throws IOException {
        var last = LastSearch.in(data);

        last.remember(0, List.of(FIRST, SECOND));
        last.remember(0, List.of(SECOND));

        assertThat(last.result("1")).contains(SECOND.toUri());
        assertThat(last.result("2")).isEmpty();
    }

    @Test
    void withoutASearchNumbersNameNothing() throws IOException {
        var last = LastSearch.in(data);

        assertThat(last.result("1")).isEmpty();
        assertThat(last.result("0")).isEmpty();
        assertThat(last.result("photos.torrent")).isEmpty();
    }
}
