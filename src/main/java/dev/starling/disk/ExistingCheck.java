package dev.starling.disk;

import dev.starling.id.Id;
import dev.starling.metainfo.PieceSet;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hashes pieces that lie on disk already, on all disk threads, few pieces a task so that other
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
    private final LaneWarmUp warmUp;
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
        this.warmUp =
                LaneWarmUp.forBytes(
                        (long) pieces.size() * torrent.info().pieceLengthBytes(), running.get());
    }

    void start() {
        for (var worker : torrent.workers().all()) {
            var hasher = new PieceHasher(torrent.files(), PieceRanges.of(torrent.info()), warmUp);
            worker.submit(() -> step(worker, hasher));
        }
    }

    private void step(DiskWorker worker, PieceHasher hasher) {
        if (torrent.isClosed()) {
            warmUp.close();
            return;
        }
        int count = hasher.appetite();
        int from = next.getAndAdd(count);
        if (from < pieces.size()) {
            int to = Math.min(from + count, pieces.size());
            check(pieces.subList(from, to).stream().mapToInt(Integer::intValue).toArray(), hasher);
            worker.submit(() -> step(worker, hasher));
        } else if (running.decrementAndGet() == 0) {
            warmUp.close();
            done.accept(right);
        }
    }

    /// When something cannot be read, each piece that is left is tried alone.
    private void check(int[] some, PieceHasher hasher) {
        var hashed = new AtomicInteger();
        try {
            hasher.hash(
                    some,
                    (piece, digest) -> {
                        hashed.incrementAndGet();
                        count(piece, digest);
                    });
        } catch (IOException e) {
            for (int i = hashed.get(); i < some.length; i++) {
                checkAlone(some[i], hasher);
            }
        }
    }

    /// What cannot be read is not right; the download will come upon the reason again.
    private void checkAlone(int piece, PieceHasher hasher) {
        try {
            hasher.hash(new int[] {piece}, this::count);
        } catch (IOException e) {
            log.debug("piece {} could not be checked: {}", piece, e.getMessage());
            count(piece, false);
        }
    }

    private void count(int piece, byte[] digest) {
        count(piece, Id.of(digest).equals(torrent.info().pieceHash(piece)));
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
