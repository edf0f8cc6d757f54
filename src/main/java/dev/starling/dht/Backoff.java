package dev.starling.dht;

import java.time.Duration;

/// Waits between attempts, each twice the one before, up to a limit.
final class Backoff {

    private final long firstNanos;
    private final long longestNanos;
    private long nextNanos;

    Backoff(Duration first, Duration longest) {
        firstNanos = first.toNanos();
        longestNanos = longest.toNanos();
        nextNanos = firstNanos;
    }

    void reset() {
        nextNanos = firstNanos;
    }

    /// How long to wait before the next attempt.
    long nextNanos() {
        long waitNanos = nextNanos;
        nextNanos = Math.min(2 * nextNanos, longestNanos);
        return waitNanos;
    }
}
