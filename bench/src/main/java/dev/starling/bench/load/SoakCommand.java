package dev.starling.bench.load;

import dev.starling.bench.sim.Picture;
import dev.starling.node.DurationConverter;
import dev.starling.node.Failure;
import dev.starling.node.Folders;
import dev.starling.node.GlobalOptions;
import dev.starling.node.Output;
import dev.starling.node.Units;
import dev.starling.sim.scenario.Chart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `starling bench soak`: a node under load for hours, killed again and again.
@Command(
        name = "soak",
        description = {
            "Start a DHT node, load it for hours, kill it (kill -9) again and again, and ask each"
                    + " time for every announced peer that it acknowledged.",
            "Ends with status 1 when one was lost."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling bench soak --duration 1h --kill-every 2m --output memory.svg",
            "  starling bench soak --duration 10m --kill-every 0s --rate 20000"
        })
public final class SoakCommand implements Callable<Integer> {

    private static final int MAX_NODES = 20_000;

    @Mixin private GlobalOptions options;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "1h",
            converter = DurationConverter.class,
            description = "How long (default: ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description =
                    "Queries a second, a twentieth of them announces (default: ${DEFAULT-VALUE}).")
    private long rate;

    @Option(
            names = "--kill-every",
            paramLabel = "DURATION",
            defaultValue = "2m",
            converter = DurationConverter.class,
            description =
                    "How long the node lives; 0s for all the time (default: ${DEFAULT-VALUE}).")
    private Duration killEvery = Duration.ZERO;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "256",
            description = "Nodes to play, all of which ask (default: ${DEFAULT-VALUE}).")
    private int nodeCount;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of all that is random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Draw the node's memory over time, as SVG.")
    private Optional<Path> picture = Optional.empty();

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        if (nodeCount < 1 || nodeCount > MAX_NODES || rate < 1) {
            throw new Failure("--nodes is not in 1.." + MAX_NODES + ", or --rate below 1", "");
        }
        var plan = new Soak.Plan(duration, rate, killEvery, nodeCount, seed);
        var output = options.output();
        Path data = Files.createTempDirectory("starling-soak");
        try (var soak = new Soak(plan, data, output)) {
            var count = soak.run();
            tell(count, soak.announced(), output);
            if (picture.isPresent()) {
                var svg = Picture.alone(chart(count));
                Files.writeString(picture.get(), svg, StandardCharsets.UTF_8);
            }
            return count.verdict().lost() == 0 ? 0 : 1;
        } finally {
            Folders.delete(data);
        }
    }

    private static void tell(SoakCount count, long announced, Output output) throws Failure {
        double own = new ProcessCpu(ProcessHandle.current().pid()).seconds();
        output.event(count.event(announced, own));
        var verdict = count.verdict();
        output.result(
                String.format(
                        Locale.ROOT,
                        "%s; %,d announces acknowledged; asked for %,d peers, %,d lost, %,d named"
                                + " after they had expired",
                        Units.count(count.kills(), "kill"),
                        announced,
                        verdict.asked(),
                        verdict.lost(),
                        verdict.overdue()));
        output.result(
                String.format(
                        Locale.ROOT,
                        "memory: %s at the end, %s at most; the node took %.1f %% of a core, this"
                                + " generator %.1f %%",
                        Units.bytes(count.lastBytes()),
                        Units.bytes(count.mostBytes()),
                        100 * count.targetShare(),
                        100 * count.share(own)));
    }

    private static Chart chart(SoakCount count) {
        var points =
                count.samples().stream()
                        .map(sample ->
                                new Chart.Point(
                                        sample.seconds() / 60,
                                        sample.residentBytes() / (double) (1 << 20)))
                        .toList();
        var kills =
                count.killedSeconds().stream()
                        .map(seconds -> new Chart.Mark(seconds / 60, ""))
                        .toList();
        return new Chart(
                "resident memory of a node under load",
                "minutes; dashed: kill -9",
                "MiB resident",
                Chart.Kind.LINES,
                List.of(new Chart.Line("resident", points)),
                kills);
    }
}
