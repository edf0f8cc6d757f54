package dev.starling.dht;

import dev.starling.id.IpAddress;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// How many answers a source may still get, as a token bucket per address (per /64 for IPv6), so
/// that no single address takes all our time. How long answers may be, [ReflectionGuard] says.
///
/// Memory is bounded: sources share buckets by a secret hash, so inventing sources costs us nothing
/// and does not show who shares a bucket with whom. There are few buckets until one of them runs
/// high; then there are twice as many, up to [#MAX_BUCKETS], and nobody is refused before that.
/// Local addresses are exempt: a machine full of nodes has one address.
final class RateLimit {

    /// A busy client asks one node a few times a second at most; behind one address may be
    /// hundreds.
    static final int ANSWERS_PER_SECOND = 1_000;

    /// Hundreds of clients that start lookups at once.
    static final int BURST = 2_000;

    /// One in 4,096 of honest sources shares the bucket of an abuser; 48 KiB in all.
    static final int MAX_BUCKETS = 1 << 12;

    /// Enough for the few who ask an ordinary node within one second.
    private static final int FIRST_BUCKETS = 1 << 4;

    private final SipHash hash;
    private static final long[] NEVER = {};
    private static final float[] NOTHING = {};

    /// Made for the first who asks.
    private long[] updatedNanos = NEVER;

    private float[] used = NOTHING;
    private int burst = BURST;
    private double answersPerNano = ANSWERS_PER_SECOND / 1e9;

    RateLimit(RandomGenerator random) {
        this.hash = SipHash.random(random);
    }

    /// Grants so much from now on.
    void limit(int answersPerSecond, int newBurst) {
        answersPerNano = answersPerSecond / 1e9;
        burst = newBurst;
    }

    /// Takes one answer from the budget of `source`; false when it is spent.
    boolean take(IpAddress source, long nowNanos) {
        if (source.isLocal()) {
            return true;
        }
        if (used.length == 0) {
            updatedNanos = new long[FIRST_BUCKETS];
            used = new float[FIRST_BUCKETS];
        }
        var payer = source.isV4() ? source : source.subnet();
        int hashed = (int) hash.hash(payer.high(), payer.low());
        float left = leak(hashed & (used.length - 1), nowNanos);
        // From a quarter on it is worth knowing who shares a bucket.
        if (left > burst * 0.25 && used.length < MAX_BUCKETS) {
            grow();
        }
        int bucket = hashed & (used.length - 1);
        if (left > burst - 1) {
            return false;
        }
        used[bucket] = left + 1;
        return true;
    }

    int buckets() {
        return used.length;
    }

    private float leak(int bucket, long nowNanos) {
        long elapsedNanos = Math.max(0, nowNanos - updatedNanos[bucket]);
        float left = (float) Math.max(0, used[bucket] - elapsedNanos * answersPerNano);
        updatedNanos[bucket] = nowNanos;
        used[bucket] = left;
        return left;
    }

    /// Splits every bucket in two that are as full as it was.
    private void grow() {
        int count = used.length;
        updatedNanos = Arrays.copyOf(updatedNanos, 2 * count);
        used = Arrays.copyOf(used, 2 * count);
        System.arraycopy(updatedNanos, 0, updatedNanos, count, count);
        System.arraycopy(used, 0, used, count, count);
    }
}
