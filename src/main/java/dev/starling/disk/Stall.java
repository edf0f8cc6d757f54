package dev.starling.disk;

import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.BlockSet;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Whether writing works, and the way back when it does not. Thread-safe.
///
/// While stalled every block that comes is dropped, because nothing may wait in memory for a disk
/// that may never come back. An attempt is made every few seconds: files that hold verified pieces
/// must be there, the place where writing failed must take a block, the resume file is written
/// anew.
final class Stall {

    private final StoredTorrent torrent;
    private volatile boolean isStalled;
    private volatile int epoch;
    private int failedPiece;
    private String reported = "";

    Stall(StoredTorrent torrent) {
        this.torrent = torrent;
    }

    boolean isStalled() {
        return isStalled;
    }

    /// Counts stalls: blocks taken in an earlier epoch are lost.
    int epoch() {
        return epoch;
    }

    /// @param pieceIndex where it failed
    void begin(IOException cause, int pieceIndex) {
        if (!isStalled && !torrent.isClosed()) {
            beginOnce(cause, pieceIndex);
        }
    }

    private synchronized void beginOnce(IOException cause, int pieceIndex) {
        if (isStalled) {
            return;
        }
        epoch++;
        isStalled = true;
        failedPiece = pieceIndex;
        reported = "";
        torrent.files().close();
        report(FileProblem.of(torrent.files().folder(), cause));
        retryLater();
    }

    private void retryLater() {
        var workers = torrent.workers();
        var worker = workers.of(failedPiece);
        workers.schedule(
                () -> worker.submit(() -> retry(worker.scratch())), workers.pace().retryMillis());
    }

    private synchronized void retry(ByteBuffer scratch) {
        if (torrent.isClosed()) {
            return;
        }
        try {
            torrent.watch().recheck(scratch);
            writeAgain();
            torrent.resume()
                    .begin(
                            torrent.verified().copy(),
                            torrent.watch().takeStamps(),
                            FileWatch.nowNanos());
            torrent.notes().begin(BlockSet.EMPTY);
        } catch (IOException e) {
            torrent.files().close();
            report(FileProblem.of(torrent.files().folder(), e));
            retryLater();
            return;
        }
        isStalled = false;
        torrent.report(new StorageEvent.Resumed());
    }

    /// Zeros where nothing is verified yet do no harm, and show whether the disk takes them.
    private void writeAgain() throws IOException {
        if (torrent.verified().contains(failedPiece)) {
            return;
        }
        int length = Math.min(BlockRange.BLOCK_BYTES, torrent.info().pieceLength(failedPiece));
        long offset = torrent.info().pieceOffset(failedPiece);
        torrent.files().write(offset, ByteBuffer.allocate(length));
    }

    private void report(FileProblem problem) {
        if (!problem.reason().equals(reported)) {
            reported = problem.reason();
            torrent.report(new StorageEvent.Stalled(problem.reason(), problem.hint()));
        }
    }
}
