package dev.starling.disk;

import dev.starling.hash.Sha1;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Hashes all pieces of a torrent on all cores while the caller waits.
final class PieceHashing {

    /// What is done with each piece, on any of the threads, each with a reader and a hash of its
    /// own.
    interface Task {
        void hash(int pieceIndex, PieceReader reader, Sha1 hash) throws IOException;
    }

    private final TorrentFiles files;
    private final int pieceCount;
    private final Task task;
    private final AtomicInteger next = new AtomicInteger();
    private volatile @Nullable IOException failure;

    private PieceHashing(TorrentFiles files, int pieceCount, Task task) {
        this.files = files;
        this.pieceCount = pieceCount;
        this.task = task;
    }

    /// Runs the task for every piece; the first failure ends it all.
    static void run(TorrentFiles files, int pieceCount, Task task) throws IOException {
        var hashing = new PieceHashing(files, pieceCount, task);
        int others = Math.min(Runtime.getRuntime().availableProcessors(), pieceCount) - 1;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < others; i++) {
            threads.add(Thread.ofPlatform().daemon().name("hash-" + i).start(hashing::work));
        }
        hashing.work();
        for (var thread : threads) {
            join(thread);
        }
        var first = hashing.failure;
        if (first != null) {
            throw first;
        }
    }

    private void work() {
        var reader = new PieceReader(files, ByteBuffer.allocateDirect(PieceReader.SCRATCH_BYTES));
        var hash = new Sha1();
        try {
            for (int piece = next.getAndIncrement();
                    piece < pieceCount && failure == null;
                    piece = next.getAndIncrement()) {
                task.hash(piece, reader, hash);
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
