package dev.starling.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

/// Where the sockets' buffers come from: one pool, kept small.
final class Buffers {

    private static final int PAGE_BYTES = 8192;

    /// Memory is taken from the system in steps of 8192 << 8 = 2 MiB: several reads of
    /// [PeerPort#READ_BYTES] fit, and an idle node holds little.
    private static final int MAX_ORDER = 8;

    /// One arena: few threads allocate, and a second one would hold as much again.
    private static final int ARENAS = 1;

    private static final ByteBufAllocator ALLOCATOR =
            new PooledByteBufAllocator(
                    true,
                    0, // heap arenas: only direct memory is asked for
                    ARENAS,
                    PAGE_BYTES,
                    MAX_ORDER,
                    PooledByteBufAllocator.defaultSmallCacheSize(),
                    PooledByteBufAllocator.defaultNormalCacheSize(),
                    false); // no caches for threads that only release

    private Buffers() {}

    static ByteBufAllocator allocator() {
        return ALLOCATOR;
    }
}
