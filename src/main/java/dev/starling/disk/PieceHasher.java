package dev.starling.disk;

import dev.starling.hash.Sha1;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Hashes whole pieces that lie on disk: many at once when lanes are ready and the disk is fast,
/// else one after the other. Confined to one thread.
final class PieceHasher {

    /// What is done with a piece's digest.
    interface Sink {
        void hashed(int pieceIndex, byte[] digest);
    }

    private final PieceRanges pieces;
    private final LaneWarmUp warmUp;
    private final TimedReads reads;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(PieceReader.SCRATCH_BYTES);
    private final Sha1 sha1 = new Sha1();
    private @Nullable PieceLanes lanes;

    PieceHasher(TorrentFiles files, PieceRanges pieces, LaneWarmUp warmUp) {
        this.pieces = pieces;
        this.warmUp = warmUp;
        this.reads = new TimedReads(files);
    }

    /// How many pieces it would best hash in one go, as things are.
    int appetite() {
        if (lanes == null) {
            warmUp.lanes().ifPresent(ready -> lanes = new PieceLanes(ready, reads));
        }
        var ready = lanes;
        return ready == null || reads.isSlow() ? 1 : ready.count();
    }

    /// Hashes some pieces, in their order.
    ///
    /// @param indices of pieces, all there and long enough; at most [#appetite()] of them
    void hash(int[] indices, Sink sink) throws IOException {
        int equal = indices.length;
        if (pieces.length(indices[equal - 1]) < pieces.pieceLengthBytes()) {
            equal--; // The last piece of a torrent is shorter; lanes go in step.
        }
        var ready = lanes;
        int done = 0;
        if (ready != null && ready.pays(equal)) {
            ready.hash(pieces, indices, equal, sink);
            done = equal;
        }
        for (; done < indices.length; done++) {
            sink.hashed(indices[done], hash(indices[done]));
        }
    }

    private byte[] hash(int pieceIndex) throws IOException {
        long offset = pieces.offset(pieceIndex);
        int length = pieces.length(pieceIndex);
        sha1.reset();
        for (int at = 0; at < length; at += scratch.capacity()) {
            scratch.clear().limit(Math.min(scratch.capacity(), length - at));
            reads.read(offset + at, scratch);
            sha1.update(scratch.flip());
        }
        return sha1.digest();
    }
}
