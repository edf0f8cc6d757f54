package dev.starling.sim;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// How long a packet takes one way between two places.
///
/// The same two places are always the same distance apart, in both directions, as on a real
/// network; jitter is added by the network. Each place is known by a hash that is uniform over all
/// longs.
public sealed interface SimLatency {

    /// Half of real round-trip times as measured in the public DHT: median 120 ms, some very long.
    SimLatency INTERNET = logNormal(Duration.ofMillis(60), 0.6);

    /// Five regions and how far they are apart, from public tables of round-trip times between data
    /// centres, with a subscriber's line at either end.
    SimLatency REGIONS =
            new Regional(
                    new double[] {0.30, 0.30, 0.25, 0.10, 0.05},
                    new int[][] {
                        {15, 45, 100, 85, 120},
                        {45, 20, 90, 60, 80},
                        {100, 90, 30, 140, 75},
                        {85, 60, 140, 20, 150},
                        {120, 80, 75, 150, 15}
                    });

    long nanos(long oneHash, long otherHash);

    /// Most pairs near the median, a few very far apart, as round-trip times on the Internet are.
    static SimLatency logNormal(Duration median, double sigma) {
        return new Distribution(Distribution.logNormal((double) median.toNanos(), sigma));
    }

    /// Pairs as far apart as these measured one-way times are long.
    static SimLatency measured(List<Duration> oneWay) {
        if (oneWay.isEmpty()) {
            throw new IllegalArgumentException("no measured time");
        }
        return new Distribution(oneWay.stream().mapToLong(Duration::toNanos).sorted().toArray());
    }

    /// Every pair is equally far apart.
    record Fixed(Duration oneWay) implements SimLatency {
        @Override
        public long nanos(long oneHash, long otherHash) {
            return oneWay.toNanos();
        }
    }

    /// Distances drawn from a distribution, for each pair its own.
    final class Distribution implements SimLatency {

        private static final int QUANTILES = 4_096;
        private static final int SAMPLES_PER_QUANTILE = 16;

        private final long[] sortedNanos;

        Distribution(long[] sortedNanos) {
            this.sortedNanos = sortedNanos;
        }

        @Override
        public long nanos(long oneHash, long otherHash) {
            return at((spread(oneHash + otherHash) >>> 11) * 0x1.0p-53);
        }

        /// The time at a quantile from 0 to 1.
        long at(double quantile) {
            double place = quantile * (sortedNanos.length - 1);
            int below = (int) place;
            long low = sortedNanos[below];
            long high = sortedNanos[Math.min(below + 1, sortedNanos.length - 1)];
            return low + (long) ((place - below) * (high - low));
        }

        /// Quantiles of a large sample, since a look into a table costs a tenth of a logarithm.
        private static long[] logNormal(double medianNanos, double sigma) {
            var random = new SplittableRandom(1); // any seed: it is part of the distribution
            long[] sample = new long[QUANTILES * SAMPLES_PER_QUANTILE];
            for (int i = 0; i < sample.length; i++) {
                double u = 1 - random.nextDouble();
                double v = random.nextDouble();
                double normal = // Box and Muller
                        StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
                sample[i] = (long) (medianNanos * StrictMath.exp(sigma * normal));
            }
            Arrays.sort(sample);
            long[] quantiles = new long[QUANTILES];
            for (int i = 0; i < QUANTILES; i++) {
                quantiles[i] = sample[i * SAMPLES_PER_QUANTILE + SAMPLES_PER_QUANTILE / 2];
            }
            return quantiles;
        }

        private static long spread(long value) {
            long z = (value ^ value >>> 32) * 0x9e3779b97f4a7c15L;
            return z ^ z >>> 29;
        }
    }

    /// Places in regions: the time between two is that of their regions, and up to a half more.
    final class Regional implements SimLatency {
        private final double[] shares;
        private final int[][] oneWayMillis;

        Regional(double[] shares, int[][] oneWayMillis) {
            this.shares = shares.clone();
            this.oneWayMillis = Arrays.stream(oneWayMillis).map(int[]::clone).toArray(int[][]::new);
        }

        @Override
        public long nanos(long oneHash, long otherHash) {
            double more = (Distribution.spread(oneHash + otherHash) >>> 11) * 0x1.0p-54;
            return (long) (oneWayMillis[region(oneHash)][region(otherHash)] * (1 + more) * 1e6);
        }

        private int region(long hash) {
            double place = (Distribution.spread(hash) >>> 11) * 0x1.0p-53;
            int region = 0;
            while (region < shares.length - 1 && place >= shares[region]) {
                place -= shares[region];
                region++;
            }
            return region;
        }
    }
}
