package dev.starling.bench.load;

import dev.starling.bench.sim.Picture;
import dev.starling.id.Id;
import dev.starling.net.Addresses;
import dev.starling.node.DurationConverter;
import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.HostPortConverter;
import dev.starling.node.Hosts;
import dev.starling.node.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling bench flood`: what is left for those a node knows while strangers flood it.
@Command(
        name = "flood",
        description = {
            "Flood a DHT node on loopback from many addresses with more queries than it can"
                    + " answer, and measure what those it knows still get, and how soon it is over.",
            "Those it knows have announced a peer to it before."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling bench flood 127.0.0.1:6881 --output flood.svg",
            "  starling bench flood 127.0.0.1:6881 --rate 400000 --from 4096",
            "Flood only nodes that are yours."
        })
public final class FloodCommand implements Callable<Integer> {

    private static final int MAX_ADDRESSES = 20_000;
    private static final int MAX_KNOWN = 20_000;
    private static final long PREPARE_NANOS = 20_000_000_000L;
    private static final long CAPACITY_NANOS = 5_000_000_000L;
    private static final int CLOSED_LOOP = 128;
    private static final int MAX_OPEN_LOOP = 8_192;

    /// Before the flood and after it.
    private static final Duration CALM = Duration.ofSeconds(3);

    @Mixin private GlobalOptions options;

    @Parameters(
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description = "The node to flood.")
    private String target = "";

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "How long to flood (default: ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--times",
            paramLabel = "X",
            defaultValue = "3",
            description = "How many times what the node can answer (default: ${DEFAULT-VALUE}).")
    private double times;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Queries a second of the flood, in place of --times.")
    private long rate;

    @Option(
            names = "--from",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Addresses the flood comes from (default: ${DEFAULT-VALUE}).")
    private int addresses;

    @Option(
            names = "--known",
            paramLabel = "N",
            defaultValue = "200",
            description = "Nodes that the target knows (default: ${DEFAULT-VALUE}).")
    private int knownCount;

    @Option(
            names = "--honest",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Queries a second of all of them together (default: ${DEFAULT-VALUE}).")
    private long honest;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Draw the share of answers over time, as SVG.")
    private Optional<Path> picture = Optional.empty();

    @Override
    public Integer call() throws Failure, IOException {
        check();
        var address = Addresses.socketAddress(Hosts.resolve(target));
        if (!address.getAddress().isLoopbackAddress()) {
            throw new Failure(target + " is not on loopback", "Only nodes of this machine.");
        }
        var random = new SplittableRandom(1);
        var output = options.output();
        try (var nodes = new LoadNodes(knownCount, address, random);
                var flood = new Flood(address, addresses, random)) {
            var loop = new LoadLoop(nodes.selector, MAX_OPEN_LOOP, false);
            var infoHashes = List.of(Id.random(random), Id.random(random));
            introduce(loop, nodes, infoHashes, random);
            var questions = new MixedQuestions(LoadMix.MIXED, nodes.all, infoHashes, random);
            long perSecond =
                    rate > 0 ? rate : Math.round(times * capacity(loop, questions, output));
            output.progress("flooding with " + perSecond + " queries a second");
            measure(loop, questions, flood, perSecond, output);
        }
        return 0;
    }

    private void check() throws Failure {
        if (addresses < 1
                || addresses > MAX_ADDRESSES
                || knownCount < 1
                || knownCount > MAX_KNOWN) {
            throw new Failure("--from and --known must be in 1.." + MAX_ADDRESSES, "");
        }
        if (honest < 1 || rate < 0 || times <= 0) {
            throw new Failure("--honest, --rate and --times must be positive", "");
        }
    }

    private static void introduce(
            LoadLoop loop, LoadNodes nodes, List<Id> infoHashes, SplittableRandom random)
            throws Failure, IOException {
        var gentle = new LoadLoop.Pace(CLOSED_LOOP / 2, 0);
        Introductions.run(loop, nodes.all, random, gentle, PREPARE_NANOS);
        var all = new Popularity(nodes.all, infoHashes, nodes.all.size());
        loop.run(all, gentle, PREPARE_NANOS, _ -> {});
    }

    private static double capacity(LoadLoop loop, Questions questions, Output output)
            throws IOException {
        output.progress("measuring what it can answer");
        var pace = new LoadLoop.Pace(CLOSED_LOOP, 0);
        loop.run(questions, pace, CAPACITY_NANOS, _ -> {});
        var count = loop.run(questions, pace, CAPACITY_NANOS, _ -> {});
        return count.replies / (CAPACITY_NANOS / 1e9);
    }

    private void measure(
            LoadLoop loop, Questions questions, Flood flood, long perSecond, Output output)
            throws Failure, IOException {
        long floodEndNanos = CALM.plus(duration).toNanos();
        long wholeNanos = floodEndNanos + CALM.toNanos();
        long begin = System.nanoTime();
        var timed =
                new TimedQuestions(
                        questions,
                        () -> System.nanoTime() - begin,
                        (int) (wholeNanos / TimedQuestions.STRETCH_NANOS));
        var pace = new LoadLoop.Pace(MAX_OPEN_LOOP, honest, 1);
        loop.run(
                timed,
                pace,
                wholeNanos + LoadCount.LOST_AFTER_NANOS,
                elapsed -> {
                    boolean isCalm = elapsed < CALM.toNanos() || elapsed > floodEndNanos;
                    flood.rate(isCalm ? 0 : perSecond);
                });
        double sentPerSecond = flood.sent() / (duration.toNanos() / 1e9);
        tell(new FloodOutcome(timed, CALM, duration), perSecond, sentPerSecond, output);
    }

    private void tell(FloodOutcome outcome, long perSecond, double sentPerSecond, Output output)
            throws IOException {
        output.event(
                Event.of("summary")
                        .number("floodPerSecond", perSecond)
                        .fraction("floodSentPerSecond", sentPerSecond)
                        .fraction("answeredBefore", outcome.answeredBefore())
                        .fraction("answeredDuring", outcome.answeredMeanwhile())
                        .fraction("answeredAfter", outcome.answeredAfter())
                        .fraction("recoverySeconds", outcome.recoverySeconds()));
        output.result(
                String.format(
                        Locale.ROOT,
                        "flooded with %,.0f queries a second; the known got %.1f %% of answers"
                                + " before, %.1f %% meanwhile, %.1f %% after; over within %.1f s",
                        sentPerSecond,
                        100 * outcome.answeredBefore(),
                        100 * outcome.answeredMeanwhile(),
                        100 * outcome.answeredAfter(),
                        outcome.recoverySeconds()));
        if (picture.isPresent()) {
            var svg = Picture.alone(outcome.chart());
            Files.writeString(picture.get(), svg, StandardCharsets.UTF_8);
        }
    }
}
