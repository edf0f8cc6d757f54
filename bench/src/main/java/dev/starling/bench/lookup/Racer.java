package dev.starling.bench.lookup;

import dev.starling.node.Event;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// One contestant and how its lookups went.
record Racer(String name, List<LookupRow> rows) {

    Racer {
        rows = List.copyOf(rows);
    }

    /// The lookups that found peers.
    List<LookupRow> found() {
        return rows.stream().filter(LookupRow::isFound).toList();
    }

    Event summary() {
        var event =
                Event.of("summary")
                        .text("name", name)
                        .number("lookups", rows.size())
                        .number("found", found().size());
        quantiles(event, "millisToFirstPeers", found(), LookupRow::millisToFirstPeers);
        quantiles(event, "millis", rows, LookupRow::millis);
        quantiles(event, "queries", rows, LookupRow::queries);
        quantiles(event, "timeouts", rows, LookupRow::timeouts);
        quantiles(event, "hops", rows, LookupRow::hops);
        return event;
    }

    /// One line of the table that [#heading()] heads.
    String line() {
        return String.format(
                "%5d/%-5d %8s %8s %8s %12s %8s %9s %5s  %s",
                found().size(),
                rows.size(),
                whole(firstPeers(0.5)),
                whole(firstPeers(0.9)),
                whole(firstPeers(0.99)),
                whole(quantile(rows, 0.5, LookupRow::millis)),
                whole(quantile(rows, 0.5, LookupRow::queries)),
                whole(quantile(rows, 0.5, LookupRow::timeouts)),
                whole(quantile(rows, 0.5, LookupRow::hops)),
                name);
    }

    static String heading() {
        return String.format(
                "%-11s %8s %8s %8s %12s %8s %9s %5s",
                "      found",
                "first ms",
                "p90 ms",
                "p99 ms",
                "converged ms",
                "queries",
                "timeouts",
                "hops");
    }

    /// A figure without its fraction; a dash where nobody told it.
    static String whole(OptionalDouble figure) {
        return figure.isPresent() ? String.format(Locale.ROOT, "%.0f", figure.getAsDouble()) : "–";
    }

    OptionalDouble firstPeers(double share) {
        return quantile(found(), share, LookupRow::millisToFirstPeers);
    }

    /// What nobody told is left out.
    private static void quantiles(
            Event event, String name, List<LookupRow> rows, ToDoubleFunction<LookupRow> value) {
        quantile(rows, 0.5, value).ifPresent(it -> event.fraction(name + "Median", it));
        quantile(rows, 0.9, value).ifPresent(it -> event.fraction(name + "P90", it));
    }

    /// Of the rows that tell it; between two of them, the mean of both.
    private static OptionalDouble quantile(
            List<LookupRow> rows, double share, ToDoubleFunction<LookupRow> value) {
        double[] sorted = rows.stream().mapToDouble(value).filter(it -> it >= 0).sorted().toArray();
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        double place = share * sorted.length;
        int index = Math.min(sorted.length - 1, (int) place);
        return OptionalDouble.of(
                index == place && index > 0
                        ? (sorted[index - 1] + sorted[index]) / 2
                        : sorted[index]);
    }
}
