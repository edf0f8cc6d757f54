package dev.starling.disk;

import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.InfoDictionary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Hashes what lies on disk. Confined to one thread, as its buffer is.
final class PieceReader {

    /// Large enough that the call into the kernel costs nothing, small enough for the cache.
    static final int SCRATCH_BYTES = 256 * 1024;

    private final TorrentFiles files;
    private final ByteBuffer scratch;

    PieceReader(TorrentFiles files, ByteBuffer scratch) {
        this.files = files;
        this.scratch = scratch;
    }

    /// Adds a range of the torrent's bytes to `hash`.
    void hash(long offsetBytes, int lengthBytes, Sha1 hash) throws IOException {
        for (int done = 0; done < lengthBytes; ) {
            int part = Math.min(SCRATCH_BYTES, lengthBytes - done);
            scratch.clear().limit(part);
            files.read(offsetBytes + done, scratch);
            hash.update(scratch.flip());
            done += part;
        }
    }

    boolean isRight(InfoDictionary info, int pieceIndex, Sha1 hash) throws IOException {
        hash(info.pieceOffset(pieceIndex), info.pieceLength(pieceIndex), hash);
        return Id.of(hash.digest()).equals(info.pieceHash(pieceIndex));
    }

    /// The digest of each block of a piece.
    List<Id> digests(InfoDictionary info, int pieceIndex, Sha1 hash) throws IOException {
        List<Id> digests = new ArrayList<>();
        for (int index = 0; index < info.blockCount(pieceIndex); index++) {
            BlockRange block = info.block(pieceIndex, index);
            hash(info.pieceOffset(pieceIndex) + block.offsetBytes(), block.lengthBytes(), hash);
            digests.add(Id.of(hash.digest()));
        }
        return digests;
    }
}
