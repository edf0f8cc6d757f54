package dev.starling.crawler.catalogue.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.crawler.catalogue.CatalogueFile;
import dev.starling.crawler.catalogue.Classification;
import dev.starling.crawler.catalogue.ContentType;
import dev.starling.crawler.catalogue.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RulesTest {

    /// One line of `names.tsv`: a torrent's name, its files, and what is to be told of it.
    record Row(String name, List<String> files, List<String> told) {}

    static Stream<Row> rows() throws IOException {
        try (var table = RulesTest.class.getResourceAsStream("names.tsv")) {
            var text =
                    new String(
                            Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).map(RulesTest::row);
        }
    }

    private static Row row(String line) {
        var cells = List.of(line.split("\t", -1));
        var files = cells.get(1).isEmpty() ? cells.get(0) : cells.get(1);
        return new Row(cells.get(0), List.of(files.split(";")), cells.subList(2, cells.size()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void namesTellWhatATorrentIs(Row row) {
        var told = classify(row.name(), row.files());

        assertThat(cells(told)).isEqualTo(row.told());
    }

    @Test
    void mostBytesDecideTheType() {
        var entry =
                Samples.of(
                        "mixed",
                        new CatalogueFile("a.mp3", 400),
                        new CatalogueFile("b.mp3", 400),
                        new CatalogueFile("clip.mkv", 700),
                        new CatalogueFile("scans.png", 9_000));

        assertThat(Rules.standard().classify(entry).type()).isEqualTo(ContentType.AUDIO);
    }

    @Test
    void namesOfPunctuationTellNothing() {
        for (String name : List.of("", " ", "...", "[[[[", "[]", "- - -", "()", "....mkv", "【")) {
            var told = classify(name, List.of("x"));

            assertThat(told.year()).as(name).isEmpty();
            assertThat(told.episode()).as(name).isEmpty();
        }
    }

    @Test
    void hostileNamesAreReadInLinearTime() {
        for (String part : List.of("[", "(", "a", " ", "- ", "s1", "第", "сезон ", "french ")) {
            var told = classify(part.repeat(5_000), List.of("x"));

            assertThat(told.resolution()).isEmpty();
        }
    }

    @Test
    void aLineThatIsNoRuleIsNamed() {
        assertThatThrownBy(() -> new Rules(List.of("# fine", "year: (", "end: x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> new Rules(List.of("extension pictures: png")))
                .hasMessageContaining("pictures");
    }

    private static Classification classify(String name, List<String> files) {
        var entry =
                Samples.of(
                        name,
                        files.stream()
                                .map(path -> new CatalogueFile(path, 1_000))
                                .toArray(CatalogueFile[]::new));
        return Rules.standard().classify(entry);
    }

    private static List<String> cells(Classification told) {
        var languages = told.languages().isEmpty() ? "-" : String.join(",", told.languages());
        return List.of(
                told.type().word(),
                told.title().orElse("-"),
                cell(told.year()),
                cell(told.season()),
                cell(told.episode()),
                told.resolution().orElse("-"),
                languages);
    }

    private static String cell(Optional<Integer> number) {
        return number.map(String::valueOf).orElse("-");
    }
}
