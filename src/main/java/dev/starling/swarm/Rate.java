package dev.starling.swarm;

import java.util.Arrays;

/// Bytes a second over the last five seconds, and bytes in all.
final class Rate {

    private static final long SLOT_NANOS = 500_000_000L;

    /// Five seconds: long enough to be steady, short enough to follow a change.
    private static final int SLOTS = 10;

    /// A younger meter is read as if it were this old, so that its first bytes are no burst.
    private static final long MIN_SPAN_NANOS = 100_000_000L;

    private final long[] slotBytes = new long[SLOTS];
    private long slot;
    private long startNanos;
    private boolean isStarted;
    private long totalBytes;

    void add(long nowNanos, long bytes) {
        if (!isStarted) {
            isStarted = true;
            startNanos = nowNanos;
            slot = Math.floorDiv(nowNanos, SLOT_NANOS);
        }
        advance(nowNanos);
        slotBytes[Math.floorMod(slot, SLOTS)] += bytes;
        totalBytes += bytes;
    }

    double bytesPerSecond(long nowNanos) {
        if (!isStarted) {
            return 0;
        }
        advance(nowNanos);
        long sum = 0;
        for (long bytes : slotBytes) {
            sum += bytes;
        }
        long covered = (SLOTS - 1) * SLOT_NANOS + Math.floorMod(nowNanos, SLOT_NANOS);
        long span = Math.max(MIN_SPAN_NANOS, Math.min(covered, nowNanos - startNanos));
        return sum * 1e9 / span;
    }

    long totalBytes() {
        return totalBytes;
    }

    private void advance(long nowNanos) {
        long target = Math.floorDiv(nowNanos, SLOT_NANOS);
        if (target - slot >= SLOTS) {
            Arrays.fill(slotBytes, 0);
            slot = target;
        }
        while (slot < target) {
            slot++;
            slotBytes[Math.floorMod(slot, SLOTS)] = 0;
        }
    }
}
