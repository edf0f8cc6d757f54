package dev.starling.bench.load;

import dev.starling.id.Id;
import dev.starling.net.Addresses;
import dev.starling.net.BackgroundThreads;
import dev.starling.node.DurationConverter;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.HostPortConverter;
import dev.starling.node.Hosts;
import dev.starling.node.Output;
import dev.starling.node.Units;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling bench load`: asks a DHT node as fast as it answers, or at a fixed rate.
@Command(
        name = "load",
        description = "Load a DHT node with queries and measure its answers.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling bench load 127.0.0.1:6881 --pid 4711",
            "  starling bench load 127.0.0.1:6881 --rate 50000 --duration 60s",
            "Load only nodes that are yours."
        })
public final class LoadCommand implements Callable<Integer> {

    /// Nobody needs more to fill a routing table, and each takes a socket.
    private static final int MAX_NODES = 20_000;

    private static final int POPULAR_INFO_HASHES = 32;
    private static final int PEERS_EACH = 300;

    /// Introducing nodes and announcing peers ends by itself; this bounds it when answers fail.
    private static final long PREPARE_NANOS = 30_000_000_000L;

    /// Queries on their way while preparing: what the target's socket buffers hold with ease.
    private static final int PREPARE_IN_FLIGHT = 64;

    /// Queries on their way at most with `--rate`: a target this far behind is overloaded.
    private static final int MAX_OPEN_LOOP = 8_192;

    @Mixin private GlobalOptions options;

    @Parameters(
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description = "The node to load.")
    private String target = "";

    @Option(
            names = "--pid",
            paramLabel = "N",
            description = "Process id of the target, to count its CPU time.")
    private Optional<Long> pid = Optional.empty();

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "How long to measure (default: ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--warmup",
            paramLabel = "DURATION",
            defaultValue = "5s",
            converter = DurationConverter.class,
            description = "The same load before, not counted (default: ${DEFAULT-VALUE}).")
    private Duration warmup = Duration.ZERO;

    @Option(
            names = "--mix",
            paramLabel = "MIX",
            defaultValue = "mixed",
            description = "What to ask: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private LoadMix mix = LoadMix.MIXED;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "128",
            description = "Queries on their way at any time (default: ${DEFAULT-VALUE}).")
    private int inFlight;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Queries a second, whatever comes back (default: as fast as answers).")
    private long rate;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Nodes to play for the target's table (default: ${DEFAULT-VALUE}).")
    private int nodeCount;

    @Option(
            names = "--sources",
            paramLabel = "N",
            defaultValue = "256",
            description = "How many of them ask (default: ${DEFAULT-VALUE}).")
    private int sourceCount;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of all that is random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws Failure, IOException {
        check();
        var address = Addresses.socketAddress(Hosts.resolve(target));
        var random = new SplittableRandom(seed);
        var output = options.output();
        int slots = rate > 0 ? MAX_OPEN_LOOP : Math.max(inFlight, PREPARE_IN_FLIGHT);
        BackgroundThreads
                .giveWay(); // what compiles this generator must not be taken for the target
        try (var nodes = new LoadNodes(mix.isDht() ? nodeCount : sourceCount, address, random)) {
            var loop = new LoadLoop(nodes.selector, slots, !mix.isDht());
            var popular = popular(random);
            if (mix.isDht()) {
                prepare(loop, nodes, popular, random, output);
            }
            var questions = new MixedQuestions(mix, nodes.first(sourceCount), popular, random);
            measure(loop, questions, output).tell(output);
        }
        return 0;
    }

    private void check() throws Failure {
        if (nodeCount < 1 || nodeCount > MAX_NODES || sourceCount < 1) {
            throw new Failure("--nodes is not in 1.." + MAX_NODES + ", or --sources below 1", "");
        }
        if (inFlight < 1 || inFlight > LoadSlots.MAX_SLOTS || rate < 0) {
            throw new Failure(
                    "--in-flight is not in 1.." + LoadSlots.MAX_SLOTS + ", or --rate below 0", "");
        }
    }

    private static List<Id> popular(SplittableRandom random) {
        var popular = new ArrayList<Id>();
        for (int i = 0; i < POPULAR_INFO_HASHES; i++) {
            popular.add(Id.random(random));
        }
        return popular;
    }

    private static void prepare(
            LoadLoop loop,
            LoadNodes nodes,
            List<Id> popular,
            SplittableRandom random,
            Output output)
            throws Failure, IOException {
        var gentle = new LoadLoop.Pace(PREPARE_IN_FLIGHT, 0);
        output.progress("introducing " + Units.count(nodes.all.size(), "node"));
        Introductions.run(loop, nodes.all, random, gentle, PREPARE_NANOS);
        output.progress("announcing " + PEERS_EACH + " peers of " + popular.size() + " infohashes");
        loop.run(new Popularity(nodes.all, popular, PEERS_EACH), gentle, PREPARE_NANOS, _ -> {});
    }

    private LoadReport measure(LoadLoop loop, MixedQuestions questions, Output output)
            throws Failure, IOException {
        var pace = new LoadLoop.Pace(rate > 0 ? MAX_OPEN_LOOP : inFlight, rate);
        output.progress("warming up for " + Units.duration(warmup));
        loop.run(questions, pace, warmup.toNanos(), line(output));
        output.progress("measuring for " + Units.duration(duration));
        var meter = LoadReport.begin(pid);
        var count = loop.run(questions, pace, duration.toNanos(), line(output));
        return meter.end(count);
    }

    /// The time on a terminal while nothing else can be seen.
    private static LongConsumer line(Output output) {
        return elapsedNanos -> {
            if (output.isLive()) {
                output.live(String.format(Locale.ROOT, "%.1f s", elapsedNanos / 1e9));
            }
        };
    }
}
