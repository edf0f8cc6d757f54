package dev.starling.sim.scenario;

import java.util.List;

/// What came of one run of a scenario.
///
/// @param traceHash of every packet, equal for equal seeds
/// @param checks of invariants made
public record Report(
        List<Figure> figures,
        List<Expectation> expectations,
        List<Chart> charts,
        long traceHash,
        long virtualNanos,
        long events,
        long checks) {

    public Report {
        figures = List.copyOf(figures);
        expectations = List.copyOf(expectations);
        charts = List.copyOf(charts);
    }

    /// One figure of the summary.
    ///
    /// @param name in camel case with its unit, as programs read it
    /// @param label as people read it
    public record Figure(String name, String label, double value) {}

    /// What a scenario demands of its outcome where it is played without options.
    public record Expectation(String label, double value, Bound bound, double limit) {
        public boolean isMet() {
            return switch (bound) {
                case AT_LEAST -> value >= limit;
                case AT_MOST -> value <= limit;
            };
        }
    }

    /// On which side of the limit a value is right.
    public enum Bound {
        AT_LEAST,
        AT_MOST
    }

    public boolean isAsExpected() {
        return expectations.stream().allMatch(Expectation::isMet);
    }
}
