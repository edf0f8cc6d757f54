package dev.starling.bench.lookup;

import dev.starling.node.Event;
import java.util.List;
import java.util.Locale;
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
                Locale.ROOT,
                "%-16.16s %5d/%-5d %7.0f %7.0f %7.0f %9.0f %8.0f %9.0f %5.0f",
                name,
                found().size(),
                rows.size(),
                firstPeers(0.5),
                firstPeers(0.9),
                firstPeers(0.99),
                quantile(rows, 0.5, LookupRow::millis),
                quantile(rows, 0.5, LookupRow::queries),
                quantile(rows, 0.5, LookupRow::timeouts),
                quantile(rows, 0.5, LookupRow::hops));
    }

    static String heading() {
        return String.format(
                "%-16s %11s %7s %7s %7s %9s %8s %9s %5s",
                "", "found", "first", "p90", "p99", "converged", "queries", "timeouts", "hops");
    }

    double firstPeers(double share) {
        return quantile(found(), share, LookupRow::millisToFirstPeers);
    }

    private static void quantiles(
            Event event, String name, List<LookupRow> rows, ToDoubleFunction<LookupRow> value) {
        event.fraction(name + "Median", quantile(rows, 0.5, value));
        event.fraction(name + "P90", quantile(rows, 0.9, value));
    }

    /// -1 where there is nothing.
    private static double quantile(
            List<LookupRow> rows, double share, ToDoubleFunction<LookupRow> value) {
        double[] sorted = rows.stream().mapToDouble(value).sorted().toArray();
        return sorted.length == 0
                ? -1
                : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
    }
}
