package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.EntryJson;
import dev.starling.crawler.catalogue.HealthReading;
import dev.starling.crawler.catalogue.PutReport;
import dev.starling.crawler.catalogue.SwarmHealth;
import dev.starling.crawler.catalogue.embedded.EmbeddedSettings;
import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.Output;
import dev.starling.node.Units;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `starling catalogue import`.
@Command(
        name = "import",
        description = "Add what starling catalogue export wrote; what is there already is merged.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling catalogue import torrents.jsonl",
            "  zcat torrents.jsonl.gz | starling catalogue import",
            "",
            "A line that is no torrent is passed over and counted."
        })
final class ImportCommand implements Callable<Integer> {

    /// Torrents put at once.
    private static final int BATCH = 1_000;

    @Mixin private GlobalOptions options;
    @Mixin private CatalogueOptions catalogue;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "From where (default: stdin).")
    private Optional<Path> file = Optional.empty();

    @Override
    public Integer call() throws Failure, IOException {
        try (var opened = catalogue.in(options.data()).open(EmbeddedSettings.UNBOUNDED);
                var reader = reader()) {
            var imported = read(reader, opened, options.output());
            report(imported);
        }
        return 0;
    }

    private BufferedReader reader() throws IOException {
        return file.isPresent()
                ? Files.newBufferedReader(file.get())
                : new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    /// What came of the lines.
    record Imported(PutReport put, long malformed) {}

    static Imported read(BufferedReader from, Catalogue to, Output output) throws IOException {
        List<EntryJson.Read> batch = new ArrayList<>();
        var put = PutReport.NOTHING;
        long malformed = 0;
        for (String line = from.readLine(); line != null; line = from.readLine()) {
            switch (EntryJson.read(line)) {
                case EntryJson.Read read -> batch.add(read);
                case EntryJson.Malformed(String reason) -> {
                    malformed++;
                    output.progress("passed over: " + Output.harmless(reason));
                }
            }
            if (batch.size() == BATCH) {
                put = put.plus(put(batch, to));
                batch.clear();
            }
        }
        return new Imported(put.plus(put(batch, to)), malformed);
    }

    private static PutReport put(List<EntryJson.Read> batch, Catalogue to) throws IOException {
        List<CatalogueEntry> entries = batch.stream().map(EntryJson.Read::entry).toList();
        var report = to.put(entries);
        List<HealthReading> readings = new ArrayList<>();
        for (EntryJson.Read read : batch) {
            for (SwarmHealth health : read.history()) {
                readings.add(new HealthReading(read.entry().infoHash(), health));
                if (readings.size() == Catalogue.MAX_BATCH) {
                    to.measured(readings);
                    readings.clear();
                }
            }
        }
        to.measured(readings);
        return report;
    }

    private void report(Imported imported) {
        var put = imported.put();
        options.output()
                .event(
                        Event.of("imported")
                                .number("added", put.added())
                                .number("merged", put.merged())
                                .number("hidden", put.hidden())
                                .number("malformed", imported.malformed()));
        options.output()
                .result(
                        "%s added, %d merged, %d hidden by blocks, %s passed over"
                                .formatted(
                                        Units.count(put.added(), "torrent"),
                                        put.merged(),
                                        put.hidden(),
                                        Units.count(imported.malformed(), "line")));
    }
}
