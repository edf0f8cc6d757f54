package dev.starling.disk;

import dev.starling.metainfo.BlockRange;
import java.nio.ByteBuffer;

/// A received block in our hands; ended exactly once by [#release].
record StoredBlock(BlockRange range, ByteBuffer data, ByteBudget budget, Runnable giveBack) {

    static StoredBlock take(
            BlockRange range, ByteBuffer data, ByteBudget budget, Runnable giveBack) {
        budget.take(range.lengthBytes());
        return new StoredBlock(range, data, budget, giveBack);
    }

    /// A view of the bytes, for one pass over them.
    ByteBuffer bytes() {
        return data.duplicate();
    }

    void release() {
        budget.giveBack(range.lengthBytes());
        giveBack.run();
    }

    /// Whether the block may stay in memory until its turn to be hashed.
    boolean stay() {
        return budget.takeEarly(range.lengthBytes());
    }

    void releaseEarly() {
        budget.giveBackEarly(range.lengthBytes());
        release();
    }
}
