package dev.starling.dht;

import dev.starling.id.IpAddress;
import java.util.random.RandomGenerator;

/// How many answers a source may still get, as a token bucket per address (per /64 for IPv6), so
/// that we are of little use to flood a third party under its forged address.
///
/// Memory is fixed: sources share buckets by a secret hash, so inventing sources costs us nothing
/// and does not show who shares a bucket with whom. Local addresses are exempt: a machine full of
/// nodes has one address.
final class RateLimit {

    /// A busy client asks one node a few times a second at most; behind one address may be several.
    static final int ANSWERS_PER_SECOND = 20;

    /// A client that starts many lookups at once.
    static final int BURST = 100;

    /// One in 4,096 of honest sources shares the bucket of an abuser; 48 KiB in all.
    private static final int BUCKETS = 1 << 12;

    private static final double ANSWERS_PER_NANO = ANSWERS_PER_SECOND / 1e9;

    private final SipHash hash;
    private final long[] updatedNanos = new long[BUCKETS];
    private final float[] used = new float[BUCKETS];

    RateLimit(RandomGenerator random) {
        this.hash = SipHash.random(random);
    }

    /// Takes one answer from the budget of `source`; false when it is spent.
    boolean take(IpAddress source, long nowNanos) {
        if (source.isLocal()) {
            return true;
        }
        var payer = source.isV4() ? source : source.subnet();
        int bucket = (int) hash.hash(payer.high(), payer.low()) & (BUCKETS - 1);
        long elapsedNanos = Math.max(0, nowNanos - updatedNanos[bucket]);
        float left = (float) Math.max(0, used[bucket] - elapsedNanos * ANSWERS_PER_NANO);
        updatedNanos[bucket] = nowNanos;
        used[bucket] = left;
        if (left > BURST - 1) {
            return false;
        }
        used[bucket] = left + 1;
        return true;
    }
}
