package dev.starling.bench.hash;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Random;

/// Messages to hash, in native memory as what is read from files and sockets is.
final class HashSource {

    private static final long SEED = 1;

    /// Messages at a power of two from each other compete for the same lines of the cache, which
    /// neither a ring of receive buffers nor our reader of pieces does.
    private static final int GAP_BYTES = 64;

    /// Where the hashed bytes lie.
    enum Place {
        /// 16 messages of 16 KiB, one block each: they stay in a core's own cache.
        CACHE(16, 16 * 1024),
        /// 256 messages of 1 MiB: more than a core's share of the cache, so read from memory.
        MEMORY(256, 1024 * 1024);

        private final int messageCount;
        private final int messageBytes;

        Place(int messageCount, int messageBytes) {
            this.messageCount = messageCount;
            this.messageBytes = messageBytes;
        }
    }

    private final Place place;
    private final ByteBuffer bytes;
    private final MemorySegment segment;
    private int next;

    HashSource(Place place) {
        this.place = place;
        bytes = ByteBuffer.allocateDirect(place.messageCount * (place.messageBytes + GAP_BYTES));
        segment = MemorySegment.ofBuffer(bytes);
        var random = new Random(SEED);
        while (bytes.remaining() >= Long.BYTES) {
            bytes.putLong(random.nextLong());
        }
    }

    int messageBytes() {
        return place.messageBytes;
    }

    MemorySegment segment() {
        return segment;
    }

    /// The first of the next so many messages, in a circle.
    int advance(int count) {
        int first = next + count <= place.messageCount ? next : 0;
        next = first + count;
        return first;
    }

    int start(int message) {
        return message * (place.messageBytes + GAP_BYTES);
    }

    ByteBuffer message(int message) {
        return bytes.clear().position(start(message)).limit(start(message) + place.messageBytes);
    }
}
