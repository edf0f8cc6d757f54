package dev.starling.disk;

import dev.starling.metainfo.BlockRange;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/// Direct buffers to read into, used again: short ones for a block and long ones for a run of them.
/// The one given back last is taken first, as the cache may still hold it. Thread-safe.
final class ReadBuffers {

    /// A block, and what may be put before it.
    private static final int SHORT_BYTES = BlockRange.BLOCK_BYTES + Storage.MAX_GAP_BYTES;

    private static final int LONG_BYTES = Storage.MAX_RUN_BLOCKS * SHORT_BYTES;

    /// Idle ones kept, 6 MiB in all: what a busy seed has on its way to the network at once.
    private static final int MAX_IDLE_SHORT = 128;

    private static final int MAX_IDLE_LONG = 16;

    private final ArrayDeque<ByteBuffer> shorts = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> longs = new ArrayDeque<>();

    /// An empty buffer with room for `lengthBytes`; more than a run is rare and not pooled.
    synchronized ByteBuffer take(int lengthBytes) {
        if (lengthBytes > LONG_BYTES) {
            return ByteBuffer.allocateDirect(lengthBytes);
        }
        boolean isShort = lengthBytes <= SHORT_BYTES;
        var buffer = isShort ? shorts.poll() : longs.poll();
        if (buffer == null) {
            buffer = isShort ? cut() : ByteBuffer.allocateDirect(LONG_BYTES);
        }
        return buffer.clear().limit(lengthBytes);
    }

    /// When there are enough, the collector takes it.
    synchronized void giveBack(ByteBuffer buffer) {
        if (buffer.capacity() == SHORT_BYTES && shorts.size() < MAX_IDLE_SHORT) {
            shorts.push(buffer);
        } else if (buffer.capacity() == LONG_BYTES && longs.size() < MAX_IDLE_LONG) {
            longs.push(buffer);
        }
    }

    /// Several from one allocation, which costs as much as one buffer of its own would.
    private ByteBuffer cut() {
        var slab = ByteBuffer.allocateDirect(LONG_BYTES);
        for (int i = 1; i < Storage.MAX_RUN_BLOCKS; i++) {
            giveBack(slab.slice(i * SHORT_BYTES, SHORT_BYTES));
        }
        return slab.slice(0, SHORT_BYTES);
    }
}
