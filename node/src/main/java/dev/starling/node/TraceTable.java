package dev.starling.node;

import dev.starling.lookup.LookupTrace;
import java.time.Duration;
import java.util.Locale;

/// A lookup's steps as a table: when each contact was asked, when it answered, and how close it is.
final class TraceTable {

    private TraceTable() {}

    static void print(LookupTrace trace, Output output) {
        if (trace.steps().isEmpty()) {
            return;
        }
        output.progress(output.faint("    asked    answer  hop  bits shared  peers  contact"));
        for (LookupTrace.Step step : trace.steps()) {
            output.progress(line(step));
        }
    }

    private static String line(LookupTrace.Step step) {
        String answer =
                step.answeredNanos() < 0
                        ? "-"
                        : Units.milliseconds(
                                Duration.ofNanos(step.answeredNanos() - step.askedNanos()));
        return String.format(
                Locale.ROOT,
                "%9s %9s %4d  %11d %6s  %s",
                Units.milliseconds(Duration.ofNanos(step.askedNanos())),
                answer,
                step.hop(),
                step.sharedBits(),
                step.values() == 0 ? "" : Integer.toString(step.values()),
                step.contact().endpoint());
    }
}
