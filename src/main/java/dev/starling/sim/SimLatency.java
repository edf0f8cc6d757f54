package dev.starling.sim;

import java.time.Duration;

/// How long a packet takes one way between two places.
///
/// The same two places are always the same distance apart, in both directions, as on a real
/// network; jitter is added by the network.
public sealed interface SimLatency {

    /// The one-way delay of a pair, given a hash of the pair that is uniform over all longs.
    long nanos(long pairHash);

    /// Every pair is equally far apart.
    record Fixed(Duration oneWay) implements SimLatency {
        @Override
        public long nanos(long pairHash) {
            return oneWay.toNanos();
        }
    }

    /// Most pairs near the median, a few very far apart, as round-trip times on the Internet are.
    record LogNormal(Duration median, double sigma) implements SimLatency {
        @Override
        public long nanos(long pairHash) {
            // Two uniform variables from the halves of the hash, made normal by Box and Muller.
            double u = ((pairHash >>> 32) + 1) / (double) (1L << 32);
            double v = (pairHash & 0xffffffffL) / (double) (1L << 32);
            double normal =
                    StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
            return (long) (median.toNanos() * StrictMath.exp(sigma * normal));
        }
    }
}
