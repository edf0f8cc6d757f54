package dev.starling.disk;

import dev.starling.metainfo.PieceSet;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hashes pieces that lie on disk already, on all disk threads, one piece a task so that other
/// torrents get their turns in between.
final class ExistingCheck {

    /// Ten reports a second are enough for a person.
    private static final long REPORT_NANOS = 100_000_000;

    private static final Logger log = LoggerFactory.getLogger(ExistingCheck.class);

    private final StoredTorrent torrent;
    private final List<Integer> pieces;
    private final PieceSet right;
    private final Consumer<PieceSet> done;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger running;
    private int checked;
    private long reportedNanos = System.nanoTime() - REPORT_NANOS;

    /// @param plan what to hash, and what is right already
    /// @param done told all that is right, on a disk thread, unless the torrent is closed before
    ExistingCheck(StoredTorrent torrent, OpeningPlan plan, Consumer<PieceSet> done) {
        this.torrent = torrent;
        this.pieces = plan.toCheck();
        this.right = plan.believed().copy();
        this.done = done;
        this.running = new AtomicInteger(torrent.workers().threadCount());
    }

    void start() {
        for (var worker : torrent.workers().all()) {
            worker.submit(() -> step(worker));
        }
    }

    private void step(DiskWorker worker) {
        if (torrent.isClosed()) {
            return;
        }
        int index = next.getAndIncrement();
        if (index < pieces.size()) {
            int piece = pieces.get(index);
            count(piece, isRight(piece, worker));
            worker.submit(() -> step(worker));
        } else if (running.decrementAndGet() == 0) {
            done.accept(right);
        }
    }

    /// What cannot be read is not right; the download will come upon the reason again.
    private boolean isRight(int piece, DiskWorker worker) {
        var hash = worker.takeHash();
        try {
            var reader = new PieceReader(torrent.files(), worker.scratch());
            return reader.isRight(torrent.info(), piece, hash);
        } catch (IOException e) {
            log.debug("piece {} could not be checked: {}", piece, e.getMessage());
            return false;
        } finally {
            worker.giveBack(hash);
        }
    }

    private synchronized void count(int piece, boolean isRight) {
        if (isRight) {
            right.add(piece);
        }
        checked++;
        long now = System.nanoTime();
        if (now - reportedNanos >= REPORT_NANOS || checked == pieces.size()) {
            reportedNanos = now;
            torrent.report(new StorageEvent.Checking(checked, pieces.size()));
        }
    }
}
