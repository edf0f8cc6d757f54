package dev.starling.sim;

import java.util.Arrays;

/// One end of a simulated TCP connection: bytes go in order, cut anywhere, after a delay and at the
/// rate of the sender's line.
final class SimStream {

    /// Longer writes arrive in parts, so that no reader comes to rely on whole messages.
    private static final int SEGMENT_BYTES = 6_000;

    private final SimClock clock;
    private final SimUplink uplink;
    private final long delayNanos;
    private final Listener listener;
    private SimStream remote = this;
    private long lastArrivalNanos;
    private boolean isOpen = true;

    /// Hears what the other end does.
    interface Listener {
        void received(byte[] bytes);

        void closed();
    }

    SimStream(SimClock clock, SimUplink uplink, long delayNanos, Listener listener) {
        this.clock = clock;
        this.uplink = uplink;
        this.delayNanos = delayNanos;
        this.listener = listener;
    }

    static void join(SimStream a, SimStream b) {
        a.remote = b;
        b.remote = a;
    }

    /// Sends bytes and tells when the last has left.
    long write(byte[] bytes) {
        long leftNanos = clock.nowNanos();
        for (int from = 0; from < bytes.length && isOpen; from += SEGMENT_BYTES) {
            byte[] segment =
                    Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + SEGMENT_BYTES));
            leftNanos = uplink.send(segment.length);
            arrive(leftNanos, () -> remote.listener.received(segment));
        }
        return leftNanos;
    }

    /// Closes both ways; the other end hears of it after what was sent before.
    void close() {
        if (isOpen) {
            isOpen = false;
            arrive(
                    clock.nowNanos(),
                    () -> {
                        if (remote.isOpen) {
                            remote.isOpen = false;
                            remote.listener.closed();
                        }
                    });
        }
    }

    private void arrive(long leftNanos, Runnable arrival) {
        lastArrivalNanos = Math.max(lastArrivalNanos, leftNanos + delayNanos);
        clock.at(
                lastArrivalNanos,
                () -> {
                    if (remote.isOpen) {
                        arrival.run();
                    }
                });
    }
}
