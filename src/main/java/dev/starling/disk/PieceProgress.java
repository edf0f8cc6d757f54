package dev.starling.disk;

import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Queue;
import java.util.TreeMap;

/// A piece of which some blocks are written: what has come, and its hash so far. Confined to the
/// piece's thread.
///
/// Blocks are hashed from memory in order. One that comes early waits in memory for its turn while
/// there is room, and is read back from disk if there was none.
final class PieceProgress {

    private final InfoDictionary info;
    private final int pieceIndex;
    private final PieceReader reader;
    private final Sha1 hash;
    private final BitSet written = new BitSet();
    private final TreeMap<Integer, StoredBlock> early = new TreeMap<>();
    private int writtenBlocks;
    private int hashedBlocks;

    PieceProgress(InfoDictionary info, int pieceIndex, PieceReader reader, Sha1 hash) {
        this.info = info;
        this.pieceIndex = pieceIndex;
        this.reader = reader;
        this.hash = hash;
    }

    /// Takes in what an earlier run wrote. It is hashed from disk when the first block is added.
    void resume(BitSet blocks) {
        written.or(blocks);
        writtenBlocks = written.cardinality();
    }

    /// To be read only.
    BitSet written() {
        return written;
    }

    int writtenBlocks() {
        return writtenBlocks;
    }

    boolean has(int blockIndex) {
        return written.get(blockIndex);
    }

    boolean isComplete() {
        return writtenBlocks == info.blockCount(pieceIndex);
    }

    /// Takes over a block that is on disk.
    void add(StoredBlock block) throws IOException {
        int index = block.range().blockIndex();
        hashResumed(block);
        written.set(index);
        writtenBlocks++;
        if (index == hashedBlocks) {
            hash.update(block.bytes());
            hashedBlocks++;
            block.release();
            catchUp();
        } else if (block.stay()) {
            early.put(index, block);
        } else {
            block.release();
        }
    }

    private void hashResumed(StoredBlock next) throws IOException {
        boolean isHashed = false;
        try {
            catchUp();
            isHashed = true;
        } finally {
            if (!isHashed) {
                next.release();
            }
        }
    }

    /// Hashes what was waiting for the block hashed last.
    private void catchUp() throws IOException {
        for (; written.get(hashedBlocks); hashedBlocks++) {
            var waiting = early.remove(hashedBlocks);
            if (waiting != null) {
                hash.update(waiting.bytes());
                waiting.releaseEarly();
            } else {
                var range = info.block(pieceIndex, hashedBlocks);
                long offset = info.pieceOffset(pieceIndex) + range.offsetBytes();
                reader.hash(offset, range.lengthBytes(), hash);
            }
        }
    }

    /// Of a complete piece, once: whether its hash is right.
    boolean isRight() {
        if (hashedBlocks != info.blockCount(pieceIndex)) {
            throw new IllegalStateException(
                    "piece " + pieceIndex + " has only " + hashedBlocks + " blocks hashed");
        }
        return Id.of(hash.digest()).equals(info.pieceHash(pieceIndex));
    }

    /// Lets go of what waits in memory; gives the hash back for another piece.
    Sha1 drop() {
        Queue<StoredBlock> waiting = new ArrayDeque<>(early.values());
        early.clear();
        waiting.forEach(StoredBlock::releaseEarly);
        return hash;
    }
}
