package dev.starling.node.monitor;

import dev.starling.dht.DhtStats;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The node as it was a moment ago. However many ask, the node and its store are asked a few times
/// a second. Thread-safe.
final class Snapshots {

    /// Half of what the status page waits between two looks.
    private static final Duration FRESH = Duration.ofMillis(500);

    private final Watched node;
    private final LongSupplier clock;
    private final long beganNanos;
    private @Nullable Snapshot latest;

    /// @param stats empty when the node did not answer
    record Snapshot(Optional<DhtStats> stats, Health health, long uptimeMillis) {}

    /// @param clock nanoseconds since whenever
    Snapshots(Watched node, LongSupplier clock) {
        this.node = node;
        this.clock = clock;
        beganNanos = clock.getAsLong();
    }

    Watched node() {
        return node;
    }

    synchronized Snapshot now() {
        long uptimeMillis = (clock.getAsLong() - beganNanos) / 1_000_000;
        var known = latest;
        if (known != null && uptimeMillis - known.uptimeMillis < FRESH.toMillis()) {
            return known;
        }
        var stats = node.stats();
        var fresh = new Snapshot(stats, Health.of(node, stats), uptimeMillis);
        latest = fresh;
        return fresh;
    }
}
