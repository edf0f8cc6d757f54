package dev.starling.sim;

import dev.starling.machine.StateMachine;
import java.util.random.RandomGenerator;

/// How one host's clock differs from true time: where it began to count and how fast it runs.
///
/// @param originNanos what it showed at time 0
/// @param rate its seconds in a true one
record SimSkew(long originNanos, double rate) {

    static final SimSkew NONE = new SimSkew(0, 1);

    /// Machines only compare times, so a clock may have begun to count days ago or show less than
    /// nothing.
    private static final long MAX_ORIGIN_NANOS = 1L << 50;

    /// A clock that began anywhere and runs too fast or too slow by up to `share`.
    static SimSkew random(double share, RandomGenerator random) {
        long origin = random.nextLong(-MAX_ORIGIN_NANOS, MAX_ORIGIN_NANOS);
        return new SimSkew(origin, 1 + share * (2 * random.nextDouble() - 1));
    }

    /// What it shows at a true time.
    long local(long nanos) {
        return rate == 1 ? originNanos + nanos : originNanos + (long) (nanos * rate);
    }

    /// When it first shows `localNanos`, in true time, at the earliest 0.
    long whenShows(long localNanos) {
        if (localNanos == StateMachine.NO_DEADLINE) {
            return localNanos;
        }
        if (localNanos <= originNanos) {
            return 0;
        }
        if (rate == 1) {
            return localNanos - originNanos;
        }
        long nanos = (long) ((localNanos - originNanos) / rate);
        while (local(nanos) < localNanos) {
            nanos++;
        }
        return nanos;
    }
}
