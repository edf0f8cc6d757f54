package dev.starling.swarm;

import dev.starling.metainfo.BlockRange;

/// How many requests one peer is kept busy with.
///
/// Grows by one with every block, so doubles with every round trip, until a second passes in which
/// the rate hardly rose; from then on it holds what the peer sends in three seconds. Always fewer
/// than the peer says it queues (`reqq`, BEP 10), so that no request is dropped: Transmission 3.00
/// rejects the one that would fill its queue, and says so ten seconds later.
final class RequestWindow {

    /// Half a mebibyte in flight from the first: one round trip is not waited out for a few blocks.
    static final int FLOOR = 32;

    /// What libtorrent, and with it most of the world, assumes of a peer that does not say.
    static final int UNKNOWN_REQQ = 250;

    /// 31 MiB in flight feed any link; more only makes a closing connection lose more.
    static final int CEILING = 2_000;

    private static final double SECONDS_IN_FLIGHT = 3;
    private static final long LOOK_NANOS = 1_000_000_000L;

    /// A second's growth below this share of the rate ends the doubling.
    private static final double LEAST_GROWTH = 0.1;

    private int limit = UNKNOWN_REQQ;
    private int size = FLOOR;
    private boolean isGrowing = true;
    private double lastRate;
    private long nextLookNanos;
    private boolean hasBegun;

    int size() {
        return Math.min(size, limit);
    }

    /// The peer says how many requests it queues.
    void limitTo(int reqq) {
        limit = Math.clamp(reqq - 1L, 1, CEILING);
    }

    void blockArrived(long nowNanos, Rate rate) {
        if (!hasBegun) {
            hasBegun = true;
            nextLookNanos = nowNanos + LOOK_NANOS;
        }
        if (isGrowing && size < limit) {
            size++;
        }
        if (nowNanos - nextLookNanos >= 0) {
            nextLookNanos = nowNanos + LOOK_NANOS;
            look(rate.bytesPerSecond(nowNanos));
        }
    }

    private void look(double bytesPerSecond) {
        if (bytesPerSecond < lastRate * (1 + LEAST_GROWTH)) {
            isGrowing = false;
        }
        lastRate = bytesPerSecond;
        if (!isGrowing) {
            double blocks = bytesPerSecond * SECONDS_IN_FLIGHT / BlockRange.BLOCK_BYTES;
            size = (int) Math.max(FLOOR, Math.min(blocks, CEILING));
        }
    }
}
