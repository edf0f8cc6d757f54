package dev.starling.sim;

import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// One peer's copy of a torrent's bytes, in memory, with pieces really hashed.
public final class SimDisk {

    private final InfoDictionary info;
    private final byte[] content;
    private final PieceSet have;
    private final BitSet[] stored;

    /// An empty disk.
    SimDisk(InfoDictionary info) {
        this(info, new byte[Math.toIntExact(info.lengthBytes())]);
    }

    /// A disk with these bytes on it.
    SimDisk(InfoDictionary info, byte[] content) {
        this.info = info;
        this.content = content.clone();
        this.have = new PieceSet(info.pieceCount());
        this.stored = new BitSet[info.pieceCount()];
        for (int piece = 0; piece < stored.length; piece++) {
            stored[piece] = new BitSet();
            if (isRight(piece)) {
                have.add(piece);
            }
        }
    }

    /// Stores a block; true when that completes its piece. A block that is there already is our
    /// mistake, for real storage hashes blocks as they come.
    boolean store(int pieceIndex, int offsetBytes, ByteBuffer data) {
        int block = offsetBytes / BlockRange.BLOCK_BYTES;
        if (have.contains(pieceIndex) || stored[pieceIndex].get(block)) {
            throw new IllegalStateException(
                    "block " + block + " of piece " + pieceIndex + " stored twice");
        }
        stored[pieceIndex].set(block);
        data.duplicate().get(content, start(pieceIndex) + offsetBytes, data.remaining());
        return stored[pieceIndex].cardinality() == info.blockCount(pieceIndex);
    }

    /// Hashes a piece that is complete; one that is wrong begins afresh.
    boolean verify(int pieceIndex) {
        stored[pieceIndex].clear();
        return isRight(pieceIndex) && have.add(pieceIndex);
    }

    /// Loses what is not verified.
    void stall() {
        Arrays.stream(stored).forEach(BitSet::clear);
    }

    List<Id> digests(int pieceIndex) {
        var digests = new ArrayList<Id>();
        for (int block = 0; block < info.blockCount(pieceIndex); block++) {
            digests.add(Id.of(Sha1.of(read(info.block(pieceIndex, block)))));
        }
        return digests;
    }

    byte[] read(BlockRange range) {
        int from = start(range.pieceIndex()) + range.offsetBytes();
        return Arrays.copyOfRange(content, from, from + range.lengthBytes());
    }

    public PieceSet have() {
        return have.copy();
    }

    public boolean isComplete() {
        return have.isFull();
    }

    private boolean isRight(int pieceIndex) {
        var digest =
                new Sha1()
                        .update(content, start(pieceIndex), info.pieceLength(pieceIndex))
                        .digest();
        return Id.of(digest).equals(info.pieceHash(pieceIndex));
    }

    private int start(int pieceIndex) {
        return Math.toIntExact(info.pieceOffset(pieceIndex));
    }
}
