package dev.starling.bench;

import dev.starling.dht.DhtInput;
import dev.starling.id.Id;
import dev.starling.node.Dht;
import dev.starling.node.DurationConverter;
import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.LookupRecorder;
import dev.starling.node.LookupResult;
import dev.starling.node.NetworkOptions;
import dev.starling.node.Output;
import dev.starling.node.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `starling bench lookup`: looks infohashes up one after another and says how long it took.
@Command(
        name = "lookup",
        description = "Measure lookups of infohashes in any DHT.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling bench lookup --targets infohashes.txt",
            "  starling bench lookup --bootstrap 127.0.0.1:7000 --targets infohashes.txt --announce"
        })
final class LookupCommand implements Callable<Integer> {

    /// More targets than this are a load test, not a measurement.
    private static final int MAX_TARGETS = 10_000;

    /// A lookup bounds itself well below this.
    private static final long PATIENCE_SECONDS = 120;

    /// What is announced; nothing listens there.
    private static final int ANNOUNCED_PORT = 6881;

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @Option(
            names = "--targets",
            required = true,
            paramLabel = "FILE",
            description = "One infohash in hexadecimal first on each line.")
    private Path targets = Path.of("");

    @Option(names = "--announce", description = "Announce to the closest nodes of each.")
    private boolean isAnnouncing;

    @Option(
            names = "--warmup",
            paramLabel = "DURATION",
            defaultValue = "15s",
            converter = DurationConverter.class,
            description = "Time to join the DHT first (default: ${DEFAULT-VALUE}).")
    private Duration warmup = Duration.ZERO;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "Time between starts (default: ${DEFAULT-VALUE}).")
    private Duration every = Duration.ZERO;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException, ExecutionException {
        var output = options.output();
        List<Id> ids = read(targets);
        List<LookupRecorder> recorders = new ArrayList<>();
        List<LookupResult> results = new ArrayList<>();
        try (var dht = Dht.join(options, network, Dht.Role.VISITOR, told -> {})) {
            output.progress("joining the DHT for " + Units.duration(warmup));
            TimeUnit.NANOSECONDS.sleep(warmup.toNanos());
            output.progress(
                    "%d contacts; %d lookups".formatted(dht.service().contactCount(), ids.size()));
            for (Id id : ids) {
                var recorder = new LookupRecorder(id, isAnnouncing);
                recorders.add(recorder);
                dht.service().findPeers(id, announce(), recorder);
                TimeUnit.NANOSECONDS.sleep(every.toNanos());
            }
            for (LookupRecorder recorder : recorders) {
                results.add(await(recorder, output));
            }
        }
        summarize(results, output);
        return 0;
    }

    private Optional<DhtInput.Announce> announce() {
        return isAnnouncing
                ? Optional.of(new DhtInput.Announce(ANNOUNCED_PORT, false, false))
                : Optional.empty();
    }

    private static List<Id> read(Path file) throws Failure, IOException {
        List<Id> ids = new ArrayList<>();
        try (var lines = Files.lines(file)) {
            lines.limit(MAX_TARGETS)
                    .map(line -> line.strip().split("\\s+", 2)[0])
                    .map(Id::parseHex)
                    .forEach(id -> id.ifPresent(ids::add));
        }
        if (ids.isEmpty()) {
            throw new Failure(
                    file + " names no infohash", "Write 40 hexadecimal digits first on each line.");
        }
        return ids;
    }

    private static LookupResult await(LookupRecorder recorder, Output output)
            throws Failure, InterruptedException, ExecutionException {
        try {
            LookupResult result = recorder.result().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            output.event(result.event());
            output.result(
                    "%s  %4d peers  first after %6.0f ms  %3d queries  %6.0f ms"
                            .formatted(
                                    result.target(),
                                    result.peers().size(),
                                    result.millisToFirstPeers(),
                                    result.trace().queries(),
                                    result.millis()));
            return result;
        } catch (TimeoutException e) {
            throw new Failure("a lookup has not ended", "This is a defect; please report it.", e);
        }
    }

    private static void summarize(List<LookupResult> results, Output output) {
        var found = results.stream().filter(result -> result.millisToFirstPeers() >= 0).toList();
        var event =
                Event.of("summary").number("lookups", results.size()).number("found", found.size());
        quantiles(event, "millisToFirstPeers", found, LookupResult::millisToFirstPeers);
        quantiles(event, "millis", results, LookupResult::millis);
        quantiles(event, "queries", results, result -> result.trace().queries());
        quantiles(event, "timeouts", results, result -> result.trace().timeouts());
        output.event(event);
        output.result(
                "%d of %d found; first peers after %.0f ms, converged after %.0f ms, %.0f queries (medians)"
                        .formatted(
                                found.size(),
                                results.size(),
                                quantile(found, 0.5, LookupResult::millisToFirstPeers),
                                quantile(results, 0.5, LookupResult::millis),
                                quantile(results, 0.5, result -> result.trace().queries())));
    }

    private static void quantiles(
            Event event,
            String name,
            List<LookupResult> results,
            ToDoubleFunction<LookupResult> value) {
        event.fraction(name + "Median", quantile(results, 0.5, value));
        event.fraction(name + "P90", quantile(results, 0.9, value));
    }

    private static double quantile(
            List<LookupResult> results, double share, ToDoubleFunction<LookupResult> value) {
        double[] sorted = results.stream().mapToDouble(value).sorted().toArray();
        if (sorted.length == 0) {
            return -1;
        }
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
    }
}
