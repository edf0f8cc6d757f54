package dev.starling.sim;

/// The line by which one simulated peer sends: one byte after the other, at its rate.
final class SimUplink {

    private final SimClock clock;
    private final double bytesPerSecond;
    private long freeNanos;

    SimUplink(SimClock clock, double bytesPerSecond) {
        this.clock = clock;
        this.bytesPerSecond = bytesPerSecond;
        this.freeNanos = clock.nowNanos();
    }

    /// Queues bytes and tells when the last of them has left.
    long send(int lengthBytes) {
        long start = Math.max(freeNanos, clock.nowNanos());
        freeNanos = start + (long) (lengthBytes * 1e9 / bytesPerSecond);
        return freeNanos;
    }
}
