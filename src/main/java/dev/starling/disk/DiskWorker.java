package dev.starling.disk;

import dev.starling.hash.Sha1;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One disk thread and what waits for it. What waits is bounded by those who add: blocks by the
/// byte budget of [DiskWorkers], reads by their number, checks by one task each.
final class DiskWorker {

    /// SHA-1 states kept for the next piece; a state holds a few kilobytes.
    private static final int MAX_IDLE_HASHES = 64;

    private static final Logger log = LoggerFactory.getLogger(DiskWorker.class);

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Sha1> idleHashes = new ArrayDeque<>();
    private final Thread thread;
    private @Nullable ByteBuffer scratch;
    private volatile boolean isIdle;
    private volatile boolean isClosed;

    DiskWorker(int index) {
        thread = Thread.ofPlatform().daemon().name("disk-" + index).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void submit(Runnable task) {
        tasks.add(task);
        wake();
    }

    /// Leaves a task to be done together with others, at the latest after the next [#wake()].
    void add(Runnable task) {
        tasks.add(task);
    }

    /// Has what was added done now.
    void wake() {
        if (isIdle && !tasks.isEmpty()) {
            LockSupport.unpark(thread);
        }
    }

    /// A fresh SHA-1; on this thread only.
    Sha1 takeHash() {
        var idle = idleHashes.poll();
        return idle == null ? new Sha1() : idle;
    }

    /// A buffer to read through; on this thread only, and only within one task.
    ByteBuffer scratch() {
        var buffer = scratch;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(PieceReader.SCRATCH_BYTES);
            scratch = buffer;
        }
        return buffer;
    }

    void giveBack(Sha1 hash) {
        if (idleHashes.size() < MAX_IDLE_HASHES) {
            hash.reset();
            idleHashes.push(hash);
        }
    }

    /// Ends once everything submitted so far is done.
    void close(long timeoutMillis) throws InterruptedException {
        isClosed = true;
        LockSupport.unpark(thread);
        if (timeoutMillis > 0) {
            thread.join(timeoutMillis);
        }
    }

    private void run() {
        while (true) {
            var task = tasks.poll();
            if (task != null) {
                run(task);
            } else if (isClosed) {
                return;
            } else {
                sleep();
            }
        }
    }

    /// A task submitted after the last look finds us idle and wakes us; one before is seen here.
    private void sleep() {
        isIdle = true;
        if (tasks.isEmpty() && !isClosed) {
            LockSupport.park(this);
        }
        isIdle = false;
    }

    /// A mistake of ours ends the task it is in, not the thread that other torrents need.
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("a disk task failed", e);
        }
    }
}
