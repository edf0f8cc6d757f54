package dev.starling.node;

import java.util.function.LongSupplier;

/// Has garbage collected when there is much of it. The serial collector would rather grow to all
/// the memory it may have: what a busy node has forgotten would stay resident for hours. Confined
/// to one thread.
final class GarbageWatch {

    /// Garbage that is let be, twice what gathers between two young collections: at a node that few
    /// ask, days go by until it is reached.
    static final long SLACK_BYTES = 32L << 20;

    private final LongSupplier usedBytes;
    private final Runnable collector;

    /// In use after the last collection, and what has come since.
    private long liveBytes;

    /// @param usedBytes of the heap, with what is garbage
    /// @param collector collects all of it; a tenth of a second for a million stored peers
    GarbageWatch(LongSupplier usedBytes, Runnable collector) {
        this.usedBytes = usedBytes;
        this.collector = collector;
    }

    /// Of this process.
    static GarbageWatch ofThisProcess() {
        var runtime = Runtime.getRuntime();
        return new GarbageWatch(() -> runtime.totalMemory() - runtime.freeMemory(), System::gc);
    }

    /// Looks, and collects if need be.
    void look() {
        if (usedBytes.getAsLong() > liveBytes + liveBytes / 4 + SLACK_BYTES) {
            collector.run();
            liveBytes = usedBytes.getAsLong();
        }
    }
}
