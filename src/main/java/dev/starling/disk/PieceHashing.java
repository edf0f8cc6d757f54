package dev.starling.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Hashes pieces of a torrent on all cores while the caller waits.
final class PieceHashing {

    private final TorrentFiles files;
    private final PieceRanges pieces;
    private final int[] indices;
    private final PieceHasher.Sink sink;
    private final LaneWarmUp warmUp;
    private final AtomicInteger next = new AtomicInteger();
    private volatile @Nullable IOException failure;

    private PieceHashing(
            TorrentFiles files,
            PieceRanges pieces,
            int[] indices,
            PieceHasher.Sink sink,
            LaneWarmUp warmUp) {
        this.files = files;
        this.pieces = pieces;
        this.indices = indices;
        this.sink = sink;
        this.warmUp = warmUp;
    }

    /// Hashes those pieces; the first failure ends it all.
    ///
    /// @param indices in ascending order
    /// @param sink called on any of the threads
    static void run(TorrentFiles files, PieceRanges pieces, int[] indices, PieceHasher.Sink sink)
            throws IOException {
        long bytes = (long) indices.length * pieces.pieceLengthBytes();
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), indices.length);
        try (var warmUp = LaneWarmUp.forBytes(bytes, threads)) {
            warmUp.await();
            new PieceHashing(files, pieces, indices, sink, warmUp).run(threads);
        }
    }

    private void run(int threadCount) throws IOException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < threadCount; i++) {
            threads.add(Thread.ofPlatform().daemon().name("hash-" + i).start(this::work));
        }
        work();
        for (var thread : threads) {
            join(thread);
        }
        var first = failure;
        if (first != null) {
            throw first;
        }
    }

    private void work() {
        var hasher = new PieceHasher(files, pieces, warmUp);
        try {
            while (failure == null) {
                int count = hasher.appetite();
                int from = next.getAndAdd(count);
                if (from >= indices.length) {
                    return;
                }
                int to = Math.min(from + count, indices.length);
                hasher.hash(Arrays.copyOfRange(indices, from, to), sink);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private synchronized void fail(IOException cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /// The threads end by themselves, so an interrupt is only remembered.
    private static void join(Thread thread) {
        boolean isInterrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
