package dev.starling.disk;

import dev.starling.hash.HashLanes;
import dev.starling.hash.Sha1;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Hashes several pieces of one length at once, reading a part of each in turn. Confined to one
/// thread.
final class PieceLanes {

    /// What is read of each piece in a turn: the parts of all lanes stay in a core's cache
    /// together.
    private static final int PART_BYTES = 64 * 1024;

    /// Parts at a power of two from each other would compete for the same lines of the cache.
    private static final int LANE_BYTES = PART_BYTES + 64;

    private final HashLanes lanes;
    private final TimedReads reads;
    private final ByteBuffer buffer;
    private final MemorySegment segment;
    private final long[] starts;

    PieceLanes(HashLanes lanes, TimedReads reads) {
        this.lanes = lanes;
        this.reads = reads;
        this.buffer = ByteBuffer.allocateDirect(lanes.count() * LANE_BYTES);
        this.segment = MemorySegment.ofBuffer(buffer);
        this.starts = new long[lanes.count()];
        Arrays.setAll(starts, lane -> (long) lane * LANE_BYTES);
    }

    int count() {
        return lanes.count();
    }

    /// All lanes take three to four times as long as one piece alone.
    boolean pays(int pieces) {
        return pieces >= count() / 2;
    }

    /// Hashes the first `count` of these pieces, none of which is the torrent's short last one.
    void hash(PieceRanges pieces, int[] indices, int count, PieceHasher.Sink sink)
            throws IOException {
        long[] used = Arrays.copyOf(starts, count);
        int length = pieces.pieceLengthBytes();
        lanes.begin();
        for (int done = 0; done < length; done += PART_BYTES) {
            int part = Math.min(PART_BYTES, length - done);
            for (int lane = 0; lane < count; lane++) {
                int start = (int) used[lane];
                buffer.limit(start + part).position(start);
                reads.read(pieces.offset(indices[lane]) + done, buffer);
            }
            if (done + part < length) {
                lanes.update(segment, used, part);
            } else {
                lanes.finish(segment, used, part);
            }
        }
        for (int lane = 0; lane < count; lane++) {
            byte[] digest = new byte[Sha1.LENGTH_BYTES];
            lanes.digest(lane, digest, 0);
            sink.hashed(indices[lane], digest);
        }
    }
}
