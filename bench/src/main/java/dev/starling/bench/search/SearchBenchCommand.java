package dev.starling.bench.search;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.HealthReading;
import dev.starling.crawler.catalogue.SwarmHealth;
import dev.starling.crawler.catalogue.classify.Rules;
import dev.starling.crawler.catalogue.embedded.EmbeddedCatalogue;
import dev.starling.crawler.catalogue.embedded.EmbeddedSettings;
import dev.starling.node.Event;
import dev.starling.node.Folders;
import dev.starling.node.GlobalOptions;
import dev.starling.node.Output;
import dev.starling.node.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `starling bench search`: fills a catalogue with synthetic torrents and times searches over it.
@Command(
        name = "search",
        description = "Fill a catalogue with synthetic torrents, time searches over it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling bench search --torrents 1000000 --searches 2000",
            "",
            "Searches go one after the other, of each kind as many, the first tenth untimed."
        })
public final class SearchBenchCommand implements Callable<Integer> {

    private static final int BATCH = 2_000;

    /// Of this many torrents one is measured.
    private static final int MEASURED_SHARE = 5;

    /// Names that searches take their words from.
    private static final int KNOWN = 10_000;

    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    @Mixin private GlobalOptions options;

    @Option(
            names = "--torrents",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int torrents;

    @Option(
            names = "--searches",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Of each kind (default: ${DEFAULT-VALUE}).")
    private int searches;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the synthetic torrents (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description =
                    "Where to keep the catalogue (default: a temporary folder, removed); one that"
                            + " holds as many already is not filled again.")
    private Optional<Path> kept = Optional.empty();

    private final List<CatalogueEntry> known = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        var output = options.output();
        Path folder = kept.isPresent() ? kept.get() : Files.createTempDirectory("starling-search");
        try {
            run(folder, output);
        } finally {
            if (kept.isEmpty()) {
                Folders.delete(folder);
            }
        }
        return 0;
    }

    private void run(Path folder, Output output) throws IOException {
        var words = new SyntheticTorrents(seed, NOW);
        try (var catalogue =
                EmbeddedCatalogue.open(folder, EmbeddedSettings.of(Rules.standard()))) {
            long start = System.nanoTime();
            fill(catalogue, words);
            double seconds = (System.nanoTime() - start) / 1e9;
            long bytes = catalogue.stats().diskBytes();
            output.event(
                    Event.of("filled")
                            .number("torrents", torrents)
                            .fraction("seconds", seconds)
                            .number("torrentsPerSecond", Math.round(torrents / seconds))
                            .number("diskBytes", bytes));
            output.result(
                    "%d torrents in %.0f s, %.0f/s; %s on disk"
                            .formatted(torrents, seconds, torrents / seconds, Units.bytes(bytes)));
            for (SearchMix mix : SearchMix.values()) {
                report(mix, time(catalogue, words, mix), output);
            }
        }
    }

    private void fill(Catalogue catalogue, SyntheticTorrents words) throws IOException {
        var random = new SplittableRandom(seed);
        boolean isFilled = catalogue.stats().torrents() >= torrents;
        for (int done = 0; done < torrents; done += BATCH) {
            List<CatalogueEntry> batch = new ArrayList<>();
            List<HealthReading> readings = new ArrayList<>();
            for (int i = 0; i < Math.min(BATCH, torrents - done); i++) {
                var entry = words.next();
                batch.add(entry);
                if (random.nextInt(MEASURED_SHARE) == 0) {
                    int seeds = (int) Math.pow(10, 4 * random.nextDouble()) - 1;
                    readings.add(
                            new HealthReading(
                                    entry.infoHash(), new SwarmHealth(seeds, seeds / 2, 1, NOW)));
                }
            }
            if (!isFilled) {
                catalogue.put(batch);
                catalogue.measured(readings);
            }
            if (known.size() < KNOWN) {
                known.addAll(batch.subList(0, Math.min(batch.size(), KNOWN / 5)));
            }
        }
        catalogue.refresh();
    }

    private Histogram time(Catalogue catalogue, SyntheticTorrents words, SearchMix mix)
            throws IOException {
        var random = new SplittableRandom(seed + mix.name().hashCode());
        var times = new Histogram(3);
        for (int i = -searches / 10; i < searches; i++) {
            var query = mix.query(words, known, random);
            long start = System.nanoTime();
            catalogue.search(query);
            if (i >= 0) {
                times.recordValue(System.nanoTime() - start);
            }
        }
        return times;
    }

    private static void report(SearchMix mix, Histogram times, Output output) {
        String name = mix.name().toLowerCase(Locale.ROOT);
        output.event(
                Event.of("searches")
                        .text("kind", name)
                        .number("count", times.getTotalCount())
                        .number("p50Micros", times.getValueAtPercentile(50) / 1_000)
                        .number("p95Micros", times.getValueAtPercentile(95) / 1_000)
                        .number("p99Micros", times.getValueAtPercentile(99) / 1_000)
                        .number("maxMicros", times.getMaxValue() / 1_000));
        output.result(
                "%-10s p50 %6.2f ms  p95 %6.2f ms  p99 %6.2f ms  max %6.2f ms"
                        .formatted(
                                name,
                                times.getValueAtPercentile(50) / 1e6,
                                times.getValueAtPercentile(95) / 1e6,
                                times.getValueAtPercentile(99) / 1e6,
                                times.getMaxValue() / 1e6));
    }
}
