package dev.starling.dht;

import java.util.concurrent.TimeUnit;

/// Addresses that have lately returned a token, by hash. Grows with their number up to a bound;
/// beyond it a newcomer takes the place of one with a similar hash.
final class VerifiedSources {

    /// Half an hour: as long as a client's next announce may take.
    static final long LIFETIME_NANOS = TimeUnit.MINUTES.toNanos(30);

    /// More clients than a busy node hears announces of in half an hour; 1 MiB in all.
    static final int MAX_SOURCES = 1 << 16;

    private static final int FIRST_SOURCES = 1 << 4;

    /// Places looked at for one hash before the table has to grow.
    private static final int PROBES = 16;

    private static final long[] NONE = {};

    private long[] hashes = NONE;
    private long[] verifiedNanos = NONE;

    void add(long hash, long nowNanos) {
        int place = freePlace(hash, nowNanos);
        while (place < 0 && hashes.length < MAX_SOURCES) {
            grow(nowNanos);
            place = freePlace(hash, nowNanos);
        }
        if (place < 0) {
            place = place(hash, 0);
        }
        hashes[place] = hash;
        verifiedNanos[place] = nowNanos;
    }

    boolean contains(long hash, long nowNanos) {
        for (int probe = 0; probe < PROBES && hashes.length > 0; probe++) {
            int place = place(hash, probe);
            if (hashes[place] == hash) {
                return isFresh(verifiedNanos[place], nowNanos);
            }
        }
        return false;
    }

    /// The place that holds this hash, or one that holds none still fresh; -1 if there is neither.
    private int freePlace(long hash, long nowNanos) {
        int free = -1;
        for (int probe = PROBES - 1; probe >= 0 && hashes.length > 0; probe--) {
            int place = place(hash, probe);
            if (hashes[place] == hash) {
                return place;
            }
            if (!isFresh(verifiedNanos[place], nowNanos)) {
                free = place;
            }
        }
        return free;
    }

    private static boolean isFresh(long verifiedNanos, long nowNanos) {
        return verifiedNanos != 0 && nowNanos - verifiedNanos < LIFETIME_NANOS;
    }

    private int place(long hash, int probe) {
        return ((int) (hash >>> 32) + probe) & (hashes.length - 1);
    }

    private void grow(long nowNanos) {
        var oldHashes = hashes;
        var oldVerifiedNanos = verifiedNanos;
        hashes = new long[Math.max(FIRST_SOURCES, 2 * oldHashes.length)];
        verifiedNanos = new long[hashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            int place =
                    isFresh(oldVerifiedNanos[i], nowNanos) ? freePlace(oldHashes[i], nowNanos) : -1;
            if (place >= 0) {
                hashes[place] = oldHashes[i];
                verifiedNanos[place] = oldVerifiedNanos[i];
            }
        }
    }
}
