package dev.starling.bench.conformance;

import dev.starling.id.Endpoint;
import dev.starling.node.DurationConverter;
import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.HostPortConverter;
import dev.starling.node.Hosts;
import dev.starling.node.Output;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling bench conformance`: what holds of any DHT node, by BEP and behaviour.
@Command(
        name = "conformance",
        description = "Play packets at a DHT node and tell what holds, by BEP and behaviour.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling bench conformance 127.0.0.1:6881",
            "  starling bench conformance 198.18.0.1:6881 --bep 44 --json",
            "",
            "Best on loopback, where it can ask from many addresses. It stores peers and items with",
            "the node, which the node forgets after an hour or two."
        })
public final class ConformanceCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;

    @Parameters(
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description = "The node.")
    private String node;

    @Option(
            names = "--bep",
            paramLabel = "N",
            description = "Only what this BEP asks for; 'robust' for what none does; may repeat.")
    private List<String> beps = new ArrayList<>();

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "500ms",
            converter = DurationConverter.class,
            description = "How long to wait for an answer (default: ${DEFAULT-VALUE}).")
    private Duration patience = Duration.ZERO;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Chooses ids and addresses (default: ${DEFAULT-VALUE}).")
    private long seed;

    /// Every check of the kit.
    static List<Check> checks() {
        var checks = new ArrayList<Check>();
        checks.addAll(QueryChecks.all());
        checks.addAll(TableChecks.all());
        checks.addAll(PeerChecks.all());
        checks.addAll(ItemChecks.all());
        checks.addAll(RobustChecks.all());
        return checks;
    }

    @Override
    public Integer call() throws Failure, IOException {
        Output output = options.output();
        Endpoint target = Hosts.resolve(node);
        int held = 0;
        int failed = 0;
        int skipped = 0;
        try (var session = new Session(target, patience, seed)) {
            if (!session.isReady()) {
                throw new Failure(target + " does not answer", "Is a DHT node running there?");
            }
            session.announceQuietly();
            for (var check : checks()) {
                if (!beps.isEmpty() && !beps.contains(check.bep())) {
                    continue;
                }
                var verdict = check.run(session);
                report(check, verdict, output);
                switch (verdict) {
                    case Verdict.Holds _ -> held++;
                    case Verdict.Fails _ -> failed++;
                    case Verdict.Skipped _ -> skipped++;
                }
            }
        }
        output.event(
                Event.of("summary")
                        .number("checks", held + failed + skipped)
                        .number("held", held)
                        .number("failed", failed)
                        .number("skipped", skipped));
        output.result(held + " hold, " + failed + " fail, " + skipped + " could not be tried");
        return failed == 0 ? 0 : 1;
    }

    private static void report(Check check, Verdict verdict, Output output) {
        String word =
                switch (verdict) {
                    case Verdict.Holds _ -> "holds";
                    case Verdict.Fails _ -> "fails";
                    case Verdict.Skipped _ -> "skipped";
                };
        String detail =
                switch (verdict) {
                    case Verdict.Holds _ -> "";
                    case Verdict.Fails(String instead) -> Output.harmless(instead);
                    case Verdict.Skipped(String reason) -> reason;
                };
        output.event(
                Event.of("check")
                        .text("bep", check.bep())
                        .text("behaviour", check.behaviour())
                        .text("verdict", word)
                        .text("detail", detail));
        output.result(
                "%-7s %-8s %s%s"
                        .formatted(
                                check.bep(),
                                word,
                                check.behaviour(),
                                detail.isEmpty() ? "" : "  (" + detail + ")"));
    }
}
