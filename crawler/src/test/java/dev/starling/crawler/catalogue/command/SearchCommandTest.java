package dev.starling.crawler.catalogue.command;

import static dev.starling.crawler.catalogue.Samples.folder;
import static dev.starling.crawler.catalogue.Samples.id;
import static dev.starling.crawler.catalogue.Samples.reading;
import static dev.starling.crawler.catalogue.Samples.single;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.catalogue.embedded.EmbeddedSettings;
import dev.starling.node.Failure;
import dev.starling.node.JsonTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The commands over a small catalogue on disk.
final class SearchCommandTest {

    @TempDir private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void fill() throws Failure, IOException {
        try (var catalogue =
                new Catalogues(Optional.empty(), data).open(EmbeddedSettings.UNBOUNDED)) {
            catalogue.put(
                    List.of(
                            folder("Night Train", "a.flac", "b.flac"),
                            single("Night Bus.mkv", 700),
                            single("spam.exe", 1)));
            catalogue.measured(List.of(reading("Night Train", 9, 1)));
        }
    }

    @Test
    void hitsAreEventsWithTheirFilesAndMagnet() {
        int status = run(new SearchCommand(), "night", "--type", "audio", "--json");

        var hit = events("torrent").getFirst();
        assertThat(status).isZero();
        assertThat(events("torrent")).hasSize(1);
        assertThat(hit.text("infoHash")).isEqualTo(id("Night Train").hex());
        assertThat(hit.text("name")).isEqualTo("Night Train");
        assertThat(hit.number("lengthBytes")).isEqualTo(2_000_000);
        assertThat(hit.number("seeds")).isEqualTo(9);
        assertThat(hit.at("files").items().getFirst().text("path")).isEqualTo("a.flac");
        assertThat(hit.text("magnet")).startsWith("magnet:?xt=urn:btih:" + id("Night Train").hex());
        assertThat(events("results").getFirst().number("total")).isOne();
    }

    @Test
    void aPersonReadsNumbersNamesAndHealth() {
        run(new SearchCommand(), "night");

        assertThat(out.toString()).contains("  1  Night Train", "9 ±2 seeds", "  2  Night Bus.mkv");
    }

    @Test
    void whatTheNamesTellIsToldInBothWays() throws Failure, IOException {
        String name = "Imagined.Show.2019.S02E07.German.1080p.mkv";
        try (var catalogue =
                new Catalogues(Optional.empty(), data).open(EmbeddedSettings.UNBOUNDED)) {
            catalogue.put(List.of(single(name, 700)));
        }

        run(new SearchCommand(), "imagined", "--json");
        run(new SearchCommand(), "imagined");

        var hit = events("torrent").getFirst();
        assertThat(hit.text("title")).isEqualTo("Imagined Show");
        assertThat(hit.number("year")).isEqualTo(2019);
        assertThat(hit.number("season")).isEqualTo(2);
        assertThat(hit.number("episode")).isEqualTo(7);
        assertThat(hit.text("resolution")).isEqualTo("1080p");
        assertThat(hit.texts("languages")).containsExactly("de");
        assertThat(out.toString()).contains("  video  2019  S02E07  1080p  de  ");
    }

    @Test
    void resultsAreRememberedByNumber() throws IOException {
        run(new SearchCommand(), "night", "--sort", "smallest");

        assertThat(Files.readAllLines(data.resolve("last-search")).getFirst())
                .startsWith("1 magnet:?xt=urn:btih:" + id("Night Bus.mkv").hex());
    }

    @Test
    void facetsAreCountedWhereAskedFor() {
        run(new SearchCommand(), "night", "--facets", "--json");

        assertThat(events("facet")).extracting(it -> it.text("property")).contains("type");
    }

    @Test
    void wrongFiltersAreWrongUsage() {
        assertThat(run(new SearchCommand(), "x", "--type", "films")).isEqualTo(2);
        assertThat(run(new SearchCommand(), "x", "--min-size", "big")).isEqualTo(2);
        assertThat(run(new SearchCommand(), "x", "--sort", "colour")).isEqualTo(2);
    }

    @Test
    void blocksComeAndGoAndLeaveARecord() {
        run(new BlockCommand(), "word:spam", "--dry-run", "--json");
        run(new BlockCommand(), "word:spam", "--why", "notice 1", "--json");
        run(new SearchCommand(), "spam", "--json");
        run(new UnblockCommand(), "word:spam", "--json");
        run(new AuditCommand(), "--json");

        assertThat(events("preview").getFirst().number("torrents")).isOne();
        assertThat(events("blocks"))
                .extracting(it -> it.number("torrents"))
                .containsExactly(1L, 1L);
        assertThat(events("torrent")).isEmpty();
        assertThat(events("audit"))
                .extracting(it -> it.text("action") + it.text("why"))
                .containsExactly("lifted", "addednotice 1");
        assertThat(run(new BlockCommand(), "spam")).isEqualTo(2);
    }

    @Test
    void onlyABlockThatIsThereIsTakenBack() {
        run(new BlockCommand(), "word:night");

        int status = run(new UnblockCommand(), "word:nigth", "--json");
        int ofDryRun = run(new UnblockCommand(), "word:nigth", "--dry-run", "--json");
        run(new AuditCommand(), "--json");

        assertThat(List.of(status, ofDryRun)).containsExactly(1, 1);
        assertThat(err.toString()).contains("there is no such block: word:nigth");
        assertThat(events("audit")).hasSize(1);
    }

    @Test
    void aSearchWithoutHitsKeepsTheNumbersOfTheOneBefore() throws IOException {
        run(new SearchCommand(), "night");
        var before = Files.readAllLines(data.resolve("last-search"));

        run(new SearchCommand(), "nigth");

        assertThat(before).hasSize(2);
        assertThat(Files.readAllLines(data.resolve("last-search"))).isEqualTo(before);
    }

    @Test
    void whatIsExportedIsImported() throws IOException {
        Path file = data.resolve("all.jsonl");
        Path other = data.resolve("other");

        run(new ExportCommand(), file.toString());
        Files.writeString(file, Files.readString(file) + "nonsense\n");
        run(new ImportCommand(), file.toString(), "--catalogue", other.toString(), "--json");
        run(new StatsCommand(), "--catalogue", other.toString(), "--json");
        run(new SearchCommand(), "train", "--catalogue", other.toString(), "--json");

        assertThat(events("imported").getFirst().number("added")).isEqualTo(3);
        assertThat(events("imported").getFirst().number("malformed")).isOne();
        assertThat(events("stats").getFirst().number("torrents")).isEqualTo(3);
        assertThat(events("torrent").getFirst().number("seeds")).isEqualTo(9);
    }

    private int run(Object command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private List<JsonTree> events(String name) {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(JsonTree::parse)
                .filter(event -> event.text("event").equals(name))
                .toList();
    }
}
