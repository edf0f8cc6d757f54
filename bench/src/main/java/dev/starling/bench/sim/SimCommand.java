package dev.starling.bench.sim;

import dev.starling.node.DurationConverter;
import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.Output;
import dev.starling.node.Units;
import dev.starling.sim.SimFault;
import dev.starling.sim.SimInvariant;
import dev.starling.sim.scenario.Plan;
import dev.starling.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling sim`: a scenario on the simulator, by seed.
@Command(
        name = "sim",
        description = "Play a scenario on the simulator: thousands of real nodes on virtual time.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling sim --list",
            "  starling sim join --seed 7",
            "  starling sim departure --nodes 2000 --loss 0.03 --output report.html",
            "  starling sim all --seeds 100 --stop-after 10m",
            "",
            "The same seed and options give the same run, packet for packet. Exit status 1: an",
            "invariant was broken, or the outcome is not what the scenario demands."
        })
public final class SimCommand implements Callable<Integer> {

    private static final String ALL = "all";

    @Mixin private GlobalOptions options;

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "Its name, or all: many seeds, each a scenario with faults of its own.")
    private String scenarioName = "";

    @Option(names = "--list", description = "Say what there is: scenarios, faults, invariants.")
    private boolean isList;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Decides everything (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--nodes", paramLabel = "N", description = "Nodes, in a swarm peers.")
    private int nodes;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Virtual time of the story.")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write a report with pictures as one HTML page, or its first as SVG.")
    private List<Path> report = List.of();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "100",
            description = "With all: how many (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--stop-after",
            paramLabel = "DURATION",
            defaultValue = "1h",
            converter = DurationConverter.class,
            description = "With all: begin no more then, real time (default: ${DEFAULT-VALUE}).")
    private Duration stopAfter = Duration.ZERO;

    @Mixin private FaultOptions faults;

    @Override
    public Integer call() throws Failure, IOException {
        var output = options.output();
        if (isList) {
            list(output);
            return 0;
        }
        if (scenarioName.equals(ALL)) {
            return new Marathon(output, Scenario.all()).run(seed, seeds, stopAfter) == 0 ? 0 : 1;
        }
        var scenario =
                Scenario.named(scenarioName)
                        .orElseThrow(() ->
                                new Failure(
                                        scenarioName.isEmpty()
                                                ? "no scenario is named"
                                                : "there is no scenario '" + scenarioName + "'",
                                        "starling sim --list names them."));
        var outcome = new Player(output, false).play(scenario, plan(scenario), faults.arguments());
        new Summary(output).tell(outcome);
        for (var file : report) {
            Files.writeString(
                    file, file.toString().endsWith(".svg") ? picture(outcome) : Page.of(outcome));
            output.progress("report written to " + file);
        }
        return outcome.isGood() ? 0 : 1;
    }

    /// The first picture alone.
    private static String picture(Outcome outcome) {
        return outcome.report().stream()
                .flatMap(played -> played.charts().stream())
                .findFirst()
                .map(Picture::alone)
                .orElse("");
    }

    private Plan plan(Scenario scenario) throws Failure, IOException {
        int count = nodes == 0 ? scenario.nodes() : nodes;
        var time = duration.isZero() ? scenario.duration() : duration;
        try {
            return new Plan(
                    seed, count, time, faults.over(scenario.faults()), new Plan.Audience() {});
        } catch (IllegalArgumentException e) {
            throw new Failure(String.valueOf(e.getMessage()), "starling sim --help tells more.", e);
        }
    }

    private static void list(Output output) {
        output.result(output.bold("scenarios"));
        for (var each : Scenario.all()) {
            var size = each.nodes() + " nodes, " + Units.duration(each.duration());
            line(output, each.name(), each.description() + " (" + size + ")");
            output.event(
                    Event.of("scenario")
                            .text("name", each.name())
                            .text("description", each.description())
                            .number("nodes", each.nodes())
                            .number("seconds", each.duration().toSeconds()));
        }
        output.result(output.bold("faults"));
        for (var fault : SimFault.values()) {
            line(output, "--" + fault.title(), fault.description());
            output.event(
                    Event.of("fault")
                            .text("name", fault.title())
                            .text("description", fault.description()));
        }
        output.result(output.bold("invariants"));
        for (var invariant : SimInvariant.values()) {
            line(output, invariant.title(), invariant.claim());
            output.event(
                    Event.of("invariant")
                            .text("name", invariant.title())
                            .text("claim", invariant.claim()));
        }
    }

    private static void line(Output output, String name, String description) {
        output.result(String.format(Locale.ROOT, "  %-26s %s", name, description));
    }
}
