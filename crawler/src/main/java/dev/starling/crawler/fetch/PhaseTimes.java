package dev.starling.crawler.fetch;

/// How long peers that serve take for one phase, and so how long to wait for others. Confined to
/// the machine.
final class PhaseTimes {

    /// Waited at least: a connection that has to be begun again costs as much.
    static final long SHORTEST_NANOS = 1_000_000_000L;

    /// Waited at most, and for whoever is given a second chance.
    static final long LONGEST_NANOS = 8_000_000_000L;

    /// Deviations beyond the mean: of times spread as those of the Internet one in a hundred is
    /// slower.
    private static final double DEVIATIONS = 6;

    private static final double MEAN_WEIGHT = 1 / 16.0;
    private static final double DEVIATION_WEIGHT = 1 / 8.0;

    private double meanNanos = LONGEST_NANOS / 4.0;
    private double deviationNanos = LONGEST_NANOS / 8.0;

    void took(long nanos) {
        double off = Math.abs(nanos - meanNanos);
        deviationNanos += DEVIATION_WEIGHT * (off - deviationNanos);
        meanNanos += MEAN_WEIGHT * (nanos - meanNanos);
    }

    long patienceNanos() {
        return (long)
                Math.clamp(meanNanos + DEVIATIONS * deviationNanos, SHORTEST_NANOS, LONGEST_NANOS);
    }

    long meanNanos() {
        return (long) meanNanos;
    }
}
