package dev.starling.bench.load;

import org.HdrHistogram.Histogram;

/// What came back in one stretch of time.
final class LoadCount {

    /// A second, beyond which a query counts as lost.
    static final long LOST_AFTER_NANOS = 1_000_000_000L;

    final Histogram latencies = new Histogram(2 * LOST_AFTER_NANOS, 3);
    long sent;
    long replies;
    long replyBytes;
    long lost;
    long invalid;
    long errors;
    long queriesAnswered;

    double micros(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }

    double bytesPerReply() {
        return replies == 0 ? 0 : (double) replyBytes / replies;
    }
}
