package dev.starling.disk;

import dev.starling.disk.DiskWorkers.PressureListener;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the bytes of blocks in our hands and says when there are too many. Thread-safe.
///
/// The budget is a line, not a wall: what the network had in hand when it was told to pause still
/// comes, because a block once received cannot be refused.
final class ByteBudget {

    /// The part of the budget that blocks may take which came before their turn to be hashed. Less
    /// than the half at which reading resumes: otherwise blocks that wait for a block not yet read
    /// could keep it from being read for ever.
    private static final int EARLY_PART = 4;

    private final long budgetBytes;
    private final PressureListener listener;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong earlyBytes = new AtomicLong();
    private volatile boolean isHigh;

    ByteBudget(long budgetBytes, PressureListener listener) {
        this.budgetBytes = budgetBytes;
        this.listener = listener;
    }

    long queuedBytes() {
        return queuedBytes.get();
    }

    void take(int lengthBytes) {
        long queued = queuedBytes.addAndGet(lengthBytes);
        if (queued >= budgetBytes && !isHigh) {
            review();
        }
    }

    void giveBack(int lengthBytes) {
        long queued = queuedBytes.addAndGet(-lengthBytes);
        if (queued <= budgetBytes / 2 && isHigh) {
            review();
        }
    }

    /// Whether a block that came early may be kept; if so, end it by [#giveBackEarly].
    boolean takeEarly(int lengthBytes) {
        if (earlyBytes.addAndGet(lengthBytes) <= budgetBytes / EARLY_PART) {
            return true;
        }
        earlyBytes.addAndGet(-lengthBytes);
        return false;
    }

    void giveBackEarly(int lengthBytes) {
        earlyBytes.addAndGet(-lengthBytes);
    }

    /// Looks again after each change: whoever crossed the other line meanwhile may have seen the
    /// old state and gone on.
    private synchronized void review() {
        while (true) {
            long queued = queuedBytes.get();
            if (!isHigh && queued >= budgetBytes) {
                isHigh = true;
            } else if (isHigh && queued <= budgetBytes / 2) {
                isHigh = false;
            } else {
                return;
            }
            listener.pressure(isHigh);
        }
    }
}
