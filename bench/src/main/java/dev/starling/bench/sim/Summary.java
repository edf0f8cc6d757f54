package dev.starling.bench.sim;

import dev.starling.node.Event;
import dev.starling.node.Output;
import dev.starling.node.Units;
import dev.starling.sim.scenario.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Tells a person or a program what came of a run.
final class Summary {

    private final Output output;

    Summary(Output output) {
        this.output = output;
    }

    void tell(Outcome outcome) {
        outcome.report().ifPresent(report -> tell(outcome, report));
        outcome.failure().ifPresent(failure -> tell(outcome, failure));
    }

    private void tell(Outcome outcome, Report report) {
        output.event(event(outcome, report));
        for (var figure : report.figures()) {
            output.result(
                    String.format(
                            Locale.ROOT, "  %-52s %s", figure.label(), value(figure.value())));
        }
        for (var cost : costs(outcome, report)) {
            output.result(output.faint("  " + cost));
        }
        for (var expectation : report.expectations()) {
            var text = expectation.label() + " " + bound(expectation);
            output.result(
                    expectation.isMet()
                            ? output.green("ok      ") + text
                            : output.yellow("missed  ")
                                    + text
                                    + ", is "
                                    + value(expectation.value()));
        }
    }

    private void tell(Outcome outcome, IllegalStateException failure) {
        var reason = String.valueOf(failure.getMessage());
        output.event(
                Event.of("broken")
                        .text("scenario", outcome.scenario().name())
                        .number("seed", outcome.plan().seed())
                        .text("invariant", outcome.broken())
                        .text("detail", reason)
                        .text("commit", Checkout.commit())
                        .text("replay", outcome.replay()));
        output.result(output.yellow("BROKEN  ") + reason);
        output.result("  seed    " + outcome.plan().seed());
        output.result("  commit  " + Checkout.commit());
        output.result("  replay  " + outcome.replay());
    }

    private static Event event(Outcome outcome, Report report) {
        var event =
                Event.of("simulated")
                        .text("scenario", outcome.scenario().name())
                        .number("seed", outcome.plan().seed())
                        .number("nodes", outcome.plan().nodes())
                        .text("commit", Checkout.commit())
                        .text("replay", outcome.replay())
                        .text("trace", Long.toHexString(report.traceHash()))
                        .number("events", report.events())
                        .number("checks", report.checks())
                        .fraction("virtualSeconds", report.virtualNanos() / 1e9)
                        .fraction("seconds", seconds(outcome.realTime()))
                        .fraction("buildSeconds", seconds(outcome.buildTime()))
                        .number("bytesPerNode", outcome.bytesPerNode());
        report.figures().forEach(figure -> event.fraction(figure.name(), figure.value()));
        var missed = new ArrayList<String>();
        for (var expectation : report.expectations()) {
            if (!expectation.isMet()) {
                missed.add(expectation.label() + " " + bound(expectation));
            }
        }
        return event.texts("missed", missed);
    }

    /// What the run took.
    static List<String> costs(Outcome outcome, Report report) {
        var costs = new ArrayList<String>();
        costs.add(
                Units.duration(Duration.ofNanos(report.virtualNanos()))
                        + " of virtual time in "
                        + Units.duration(outcome.realTime())
                        + ", the world built in "
                        + Units.duration(outcome.buildTime()));
        costs.add(
                String.format(
                        Locale.ROOT,
                        "%,d events, %,d checks of invariants",
                        report.events(),
                        report.checks()));
        if (outcome.bytesPerNode() > 0) {
            costs.add(String.format(Locale.ROOT, "%,d bytes a node", outcome.bytesPerNode()));
        }
        costs.add("trace " + Long.toHexString(report.traceHash()));
        costs.add("replay: " + outcome.replay());
        return costs;
    }

    static String bound(Report.Expectation expectation) {
        return switch (expectation.bound()) {
            case AT_LEAST -> "at least " + value(expectation.limit());
            case AT_MOST -> "at most " + value(expectation.limit());
        };
    }

    /// Three digits that count.
    static String value(double value) {
        boolean isWhole = value == Math.rint(value) || Math.abs(value) >= 1_000;
        return String.format(Locale.ROOT, isWhole ? "%,.0f" : "%.3g", value);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
