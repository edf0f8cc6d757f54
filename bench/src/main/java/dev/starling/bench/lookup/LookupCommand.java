package dev.starling.bench.lookup;

import dev.starling.dht.DhtInput;
import dev.starling.id.Id;
import dev.starling.node.Dht;
import dev.starling.node.DurationConverter;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.LookupRecorder;
import dev.starling.node.LookupResult;
import dev.starling.node.NetworkOptions;
import dev.starling.node.Output;
import dev.starling.node.Units;
import dev.starling.node.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `starling bench lookup`: looks infohashes up one after another and says how long it took, and
/// how long a rival took for the same.
@Command(
        name = "lookup",
        description = "Race lookups in any DHT, against a rival if you like.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling bench lookup --targets infohashes.txt",
            "  starling bench lookup --random 50 --output lookups.html",
            "  starling bench lookup --bootstrap 127.0.0.1:7000 --random 9 --announce",
            "  starling bench lookup --targets infohashes.txt --bootstrap 10.0.0.7:6881 \\",
            "      --against bench/rivals/libtorrent_lookup.py"
        })
public final class LookupCommand implements Callable<Integer> {

    /// More targets than this are a load test, not a measurement.
    private static final int MAX_TARGETS = 10_000;

    /// A lookup bounds itself at this.
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// What is announced; nothing listens there.
    private static final int ANNOUNCED_PORT = 6881;

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @ArgGroup(multiplicity = "1")
    private Targets targets = new Targets();

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

    @Option(
            names = "--against",
            paramLabel = "PROGRAM",
            description = {
                "Runs this afterwards, over the same targets; may repeat.",
                "It is given --bootstrap HOST:PORT, --targets FILE, --warmup SECONDS, --every SECONDS"
                        + " and perhaps --announce, and prints the same lookup events."
            })
    private List<Path> rivals = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Draws the times to first peers there, as .svg or .html.")
    private Optional<Path> plot = Optional.empty();

    /// What to look up.
    static final class Targets {
        @Option(
                names = "--targets",
                required = true,
                paramLabel = "FILE",
                description = "One infohash in hexadecimal first on each line.")
        private Optional<Path> file = Optional.empty();

        @Option(
                names = "--random",
                required = true,
                paramLabel = "COUNT",
                description = "Random targets, which nobody has peers of.")
        private int random;

        List<Id> read() throws Failure, IOException {
            if (file.isPresent()) {
                return readFile(file.get());
            }
            var source = new SecureRandom();
            var ids = new ArrayList<Id>();
            for (int i = 0; i < Math.clamp(random, 1, MAX_TARGETS); i++) {
                ids.add(Id.random(source));
            }
            return ids;
        }
    }

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var output = options.output();
        var race = new LookupRace(network.bootstrap(), targets.read(), warmup, every, isAnnouncing);
        var racers = new ArrayList<Racer>();
        racers.add(runOurs(race, output));
        if (!rivals.isEmpty()) {
            Path list = Files.createTempFile("starling-targets", ".txt");
            try {
                Files.write(list, race.targets().stream().map(Id::hex).toList());
                for (Path program : rivals) {
                    output.progress("now " + program);
                    racers.add(new Rival(program).race(race, list, row -> tell(row, output)));
                }
            } finally {
                Files.delete(list);
            }
        }
        output.result(Racer.heading());
        for (Racer racer : racers) {
            output.event(racer.summary());
            output.result(racer.line());
        }
        if (plot.isPresent()) {
            boolean isSvg = plot.get().toString().endsWith(".svg");
            Files.writeString(plot.get(), isSvg ? LookupPlot.svg(racers) : LookupPlot.html(racers));
        }
        return 0;
    }

    private Racer runOurs(LookupRace race, Output output)
            throws Failure, IOException, InterruptedException {
        var recorders = new ArrayList<LookupRecorder>();
        var rows = new ArrayList<LookupRow>();
        try (var dht = Dht.join(options, network, Dht.Role.VISITOR, told -> {})) {
            output.progress("joining the DHT for " + Units.duration(race.warmup()));
            TimeUnit.NANOSECONDS.sleep(race.warmup().toNanos());
            output.progress(
                    "%d contacts; %d lookups"
                            .formatted(dht.service().contactCount(), race.targets().size()));
            for (Id id : race.targets()) {
                var recorder = new LookupRecorder(id, race.isAnnouncing());
                recorders.add(recorder);
                dht.service().findPeers(id, announce(), recorder);
                TimeUnit.NANOSECONDS.sleep(race.every().toNanos());
            }
            for (LookupRecorder recorder : recorders) {
                LookupResult result =
                        Waiting.forResult(recorder.result(), "a lookup", PATIENCE, network);
                output.event(result.event());
                rows.add(LookupRow.of(result));
                output.result(line(rows.getLast()));
            }
        }
        return new Racer("starling", rows);
    }

    private Optional<DhtInput.Announce> announce() {
        return isAnnouncing
                ? Optional.of(new DhtInput.Announce(ANNOUNCED_PORT, false, false))
                : Optional.empty();
    }

    private static void tell(LookupRow row, Output output) {
        output.result(line(row));
    }

    static String line(LookupRow row) {
        return "%s  %4s %-5s  first after %6s ms  %3s %-7s  %6s ms"
                .formatted(
                        row.target(),
                        told(row.peers()),
                        row.peers() == 1 ? "peer" : "peers",
                        told(row.millisToFirstPeers()),
                        told(row.queries()),
                        row.queries() == 1 ? "query" : "queries",
                        told(row.millis()));
    }

    private static String told(double figure) {
        return Racer.whole(figure < 0 ? OptionalDouble.empty() : OptionalDouble.of(figure));
    }

    private static List<Id> readFile(Path file) throws Failure, IOException {
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
}
