package dev.starling.node;

import java.time.Duration;
import java.time.Instant;

/// Time since the process was started, the only start a person knows of.
final class Stopwatch {

    private final long originNanos;

    private Stopwatch(long originNanos) {
        this.originNanos = originNanos;
    }

    /// Counts from when the operating system started this process, or from now where it does not
    /// say.
    static Stopwatch sinceProcessStart() {
        Instant now = Instant.now();
        Instant start = ProcessHandle.current().info().startInstant().orElse(now);
        long sinceNanos = Math.max(0, Duration.between(start, now).toNanos());
        return new Stopwatch(System.nanoTime() - sinceNanos);
    }

    static Stopwatch sinceNow() {
        return new Stopwatch(System.nanoTime());
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - originNanos);
    }

    double seconds() {
        return elapsed().toNanos() / 1e9;
    }
}
