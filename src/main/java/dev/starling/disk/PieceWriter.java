package dev.starling.disk;

import dev.starling.metainfo.BlockRange;
import java.io.IOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes and hashes the blocks of those pieces of a torrent that belong to one disk thread.
/// Confined to it.
final class PieceWriter {

    private static final Logger log = LoggerFactory.getLogger(PieceWriter.class);

    private final StoredTorrent torrent;
    private final DiskWorker worker;
    private final Map<Integer, PieceProgress> inProgress = new LinkedHashMap<>();
    private @Nullable PieceReader reader;
    private int epoch;
    private boolean isEnded;

    PieceWriter(StoredTorrent torrent, DiskWorker worker) {
        this.torrent = torrent;
        this.worker = worker;
    }

    /// Takes a block over; it comes to nothing where it is of no use any more.
    void store(StoredBlock block) {
        forgetLostBlocks();
        int piece = block.range().pieceIndex();
        if (isEnded || torrent.stall().isStalled() || torrent.verified().contains(piece)) {
            block.release();
            return;
        }
        var progress = inProgress.computeIfAbsent(piece, this::begin);
        if (progress.has(block.range().blockIndex())) {
            block.release();
        } else {
            store(block, progress);
        }
    }

    private void store(StoredBlock block, PieceProgress progress) {
        int piece = block.range().pieceIndex();
        try {
            write(block);
            progress.add(block);
            if (progress.isComplete()) {
                finish(piece, progress);
            } else if (progress.writtenBlocks() % BlockNotes.BLOCKS_BETWEEN == 0) {
                torrent.notes().note(piece, progress.written());
            }
        } catch (IOException e) {
            torrent.stall().begin(e, piece);
        }
    }

    private void write(StoredBlock block) throws IOException {
        boolean isWritten = false;
        try {
            torrent.files().write(offset(block.range()), block.bytes());
            isWritten = true;
        } finally {
            if (!isWritten) {
                block.release();
            }
        }
    }

    private void finish(int pieceIndex, PieceProgress progress) throws IOException {
        boolean isRight = progress.isRight();
        inProgress.remove(pieceIndex);
        worker.giveBack(progress.drop());
        if (!isRight) {
            torrent.notes().note(pieceIndex, new BitSet());
            torrent.report(new StorageEvent.PieceFailed(pieceIndex));
            return;
        }
        torrent.verified().add(pieceIndex);
        try {
            torrent.resume().add(pieceIndex);
            torrent.notes().release(pieceIndex);
        } finally {
            torrent.report(new StorageEvent.PieceVerified(pieceIndex));
        }
    }

    /// Reports the digest of each block of a piece as it lies on disk.
    void digestBlocks(int pieceIndex) {
        if (isEnded || torrent.stall().isStalled()) {
            return;
        }
        var hash = worker.takeHash();
        try {
            var digests = reader().digests(torrent.info(), pieceIndex, hash);
            torrent.report(new StorageEvent.BlocksDigested(pieceIndex, digests));
        } catch (IOException e) {
            torrent.stall().begin(e, pieceIndex);
        } finally {
            worker.giveBack(hash);
        }
    }

    /// Takes in blocks of a piece that an earlier run wrote; before any is stored.
    void resume(int pieceIndex, BitSet blocks) {
        inProgress.computeIfAbsent(pieceIndex, this::begin).resume(blocks);
    }

    /// Notes what is written, lets go of every block in memory and takes no more.
    void end() {
        isEnded = true;
        try {
            note();
        } catch (IOException e) {
            log.warn("blocks of unfinished pieces will be fetched again: {}", e.getMessage());
        }
        drop();
    }

    private void note() throws IOException {
        forgetLostBlocks();
        for (var entry : inProgress.entrySet()) {
            torrent.notes().note(entry.getKey(), entry.getValue().written());
        }
    }

    private void drop() {
        for (var progress : List.copyOf(inProgress.values())) {
            worker.giveBack(progress.drop());
        }
        inProgress.clear();
    }

    private void forgetLostBlocks() {
        int now = torrent.stall().epoch();
        if (now != epoch) {
            epoch = now;
            drop();
        }
    }

    private PieceProgress begin(int pieceIndex) {
        return new PieceProgress(torrent.info(), pieceIndex, reader(), worker.takeHash());
    }

    private PieceReader reader() {
        var existing = reader;
        if (existing == null) {
            existing = new PieceReader(torrent.files(), worker.scratch());
            reader = existing;
        }
        return existing;
    }

    private long offset(BlockRange range) {
        return torrent.info().pieceOffset(range.pieceIndex()) + range.offsetBytes();
    }
}
