package dev.starling.crawler.walk;

import dev.starling.id.IpAddress;
import java.util.random.RandomGenerator;

/// How much a crawl may ask: in all, of one address and of one neighbourhood (/24, IPv6 /48).
/// Confined to the machine; its memory is fixed.
///
/// Addresses share counters by a secret hash, so that two may now and then have to share an
/// allowance, which only makes us more modest. Local addresses have the total alone: a machine full
/// of nodes has one address.
final class Budget {

    /// Questions to one address: a node is asked for nodes, then for the peers of what it holds.
    static final double ADDRESS_PER_SECOND = 2;

    static final double ADDRESS_BURST = 8;

    /// To one neighbourhood, where a hoster counts them together.
    static final double PREFIX_PER_SECOND = 20;

    static final double PREFIX_BURST = 40;

    /// At 1,000 questions a second few of those asked within a second share a counter.
    private static final int COUNTERS = 1 << 16;

    /// What may be sent at once after a pause: what the kernel's buffer takes.
    private static final double BURST_SECONDS = 0.02;

    private static final int V6_PREFIX_BITS = 48;

    private final double perNano;
    private final double burst;
    private final long salt;
    private final Bucket addresses = new Bucket(ADDRESS_PER_SECOND, ADDRESS_BURST);
    private final Bucket prefixes = new Bucket(PREFIX_PER_SECOND, PREFIX_BURST);
    private double tokens;
    private long filledNanos;

    Budget(int perSecond, RandomGenerator random) {
        perNano = perSecond / 1e9;
        burst = Math.max(1, perSecond * BURST_SECONDS);
        salt = random.nextLong();
    }

    /// Whether anything may be asked now.
    boolean hasTotal(long nowNanos) {
        tokens = Math.min(burst, tokens + Math.max(0, nowNanos - filledNanos) * perNano);
        filledNanos = nowNanos;
        return tokens >= 1;
    }

    /// When the next question may be asked, at the earliest.
    long nextNanos(long nowNanos) {
        return tokens >= 1 ? nowNanos : nowNanos + (long) Math.ceil((1 - tokens) / perNano);
    }

    /// Takes one question to `address` out of the budget; false if that address has had its share.
    boolean take(IpAddress address, long nowNanos) {
        if (!address.isLocal()) {
            int one = hash(address, salt) & COUNTERS - 1;
            int all = hash(neighbourhood(address), salt) & COUNTERS - 1;
            if (!addresses.has(one, nowNanos) || !prefixes.has(all, nowNanos)) {
                return false;
            }
            addresses.take(one);
            prefixes.take(all);
        }
        tokens--;
        return true;
    }

    static IpAddress neighbourhood(IpAddress address) {
        return address.isV4()
                ? address.subnet()
                : new IpAddress(address.high() >>> (Long.SIZE - V6_PREFIX_BITS), 0);
    }

    static int hash(IpAddress address, long salt) {
        long mixed =
                (address.high() ^ Long.rotateLeft(address.low(), 29) ^ salt) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        return (int) (mixed >>> 40);
    }

    /// Counters that fill up at one rate.
    private static final class Bucket {
        private final double perNano;
        private final double burst;
        private final float[] used = new float[COUNTERS];
        private final long[] sinceNanos = new long[COUNTERS];

        Bucket(double perSecond, double burst) {
            this.perNano = perSecond / 1e9;
            this.burst = burst;
        }

        boolean has(int counter, long nowNanos) {
            double back = Math.max(0, nowNanos - sinceNanos[counter]) * perNano;
            used[counter] = (float) Math.max(0, used[counter] - back);
            sinceNanos[counter] = nowNanos;
            return used[counter] <= burst - 1;
        }

        void take(int counter) {
            used[counter]++;
        }
    }
}
