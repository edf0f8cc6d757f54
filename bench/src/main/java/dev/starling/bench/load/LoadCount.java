package dev.starling.bench.load;

import org.HdrHistogram.Histogram;

/// What came back in one stretch of time.
final class LoadCount {

    /// A second, beyond which a query counts as lost.
    static final long LOST_AFTER_NANOS = 1_000_000_000L;

    final Histogram latencies = new Histogram(2 * LOST_AFTER_NANOS, 3);

    /// How long after they were due queries left at a fixed rate: the generator's own part in the
    /// latencies.
    final Histogram delays = new Histogram(2 * LOST_AFTER_NANOS, 3);

    long sent;
    long replies;
    long replyBytes;
    long lost;
    long invalid;
    long errors;
    long queriesAnswered;

    void answeredAfter(long nanos) {
        record(latencies, nanos);
    }

    void sentAfter(long nanos) {
        record(delays, nanos);
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(nanos, histogram.getHighestTrackableValue()));
    }

    double micros(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }

    double delayMicros(double percentile) {
        return delays.getValueAtPercentile(percentile) / 1e3;
    }

    double bytesPerReply() {
        return replies == 0 ? 0 : (double) replyBytes / replies;
    }
}
