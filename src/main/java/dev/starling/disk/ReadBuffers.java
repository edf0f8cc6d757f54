package dev.starling.disk;

import dev.starling.metainfo.BlockRange;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/// Direct buffers of one block each, used again. Thread-safe.
final class ReadBuffers {

    /// 4 MiB idle: what a busy seed has on its way to the network at once.
    private static final int MAX_IDLE = 256;

    /// Buffers are cut from one allocation, which costs as much as one buffer of its own would.
    private static final int CUT_AT_ONCE = 16;

    private final ArrayBlockingQueue<ByteBuffer> idle = new ArrayBlockingQueue<>(MAX_IDLE);

    /// An empty buffer with room for `lengthBytes`; more than a block is rare and not pooled.
    ByteBuffer take(int lengthBytes) {
        if (lengthBytes > BlockRange.BLOCK_BYTES) {
            return ByteBuffer.allocateDirect(lengthBytes);
        }
        var buffer = idle.poll();
        return (buffer == null ? cut() : buffer).clear().limit(lengthBytes);
    }

    void giveBack(ByteBuffer buffer) {
        if (buffer.capacity() == BlockRange.BLOCK_BYTES) {
            boolean _ = idle.offer(buffer); // When there are enough, the collector takes it.
        }
    }

    private ByteBuffer cut() {
        var slab = ByteBuffer.allocateDirect(CUT_AT_ONCE * BlockRange.BLOCK_BYTES);
        for (int i = 1; i < CUT_AT_ONCE; i++) {
            giveBack(slab.slice(i * BlockRange.BLOCK_BYTES, BlockRange.BLOCK_BYTES));
        }
        return slab.slice(0, BlockRange.BLOCK_BYTES);
    }
}
