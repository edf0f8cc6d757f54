package dev.starling.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The threads on which all disk work and hashing happens, and the bound on bytes waiting for them.
///
/// A piece always goes to the same thread, so its blocks keep their order while pieces beside it
/// are hashed on others. Thread-safe.
public final class DiskWorkers implements AutoCloseable {

    /// How long closing waits for what is queued.
    private static final long CLOSE_MILLIS = 2_000;

    private final List<DiskWorker> workers = new ArrayList<>();
    private final TorrentFiles.Shared shared;
    private final ByteBudget budget;
    private final ReadBuffers readBuffers = new ReadBuffers();
    private final Pace pace;
    private final ScheduledThreadPoolExecutor clock;

    /// Told when the queue has grown beyond its budget and when it has drained: pause and resume
    /// reading from the network. Called on any thread.
    public interface PressureListener {
        void pressure(boolean isHigh);
    }

    /// How often things are looked at again.
    ///
    /// @param heartbeatMillis between two notes of which files changed
    /// @param retryMillis between two attempts to write where writing has failed
    record Pace(long heartbeatMillis, long retryMillis) {

        /// Two seconds of unnoted writes; three seconds until a mended disk is used again.
        static final Pace USUAL = new Pace(2_000, 3_000);
    }

    /// @param threads how many
    /// @param budgetBytes bytes of blocks waiting at which pressure is high; low again at half
    public DiskWorkers(int threads, long budgetBytes, PressureListener listener) {
        this(threads, new ByteBudget(budgetBytes, listener), SystemFiles.INSTANCE, Pace.USUAL);
    }

    DiskWorkers(int threads, ByteBudget budget, FileAccess access, Pace pace) {
        this.budget = budget;
        this.pace = pace;
        this.shared = new TorrentFiles.Shared(access, new OpenFiles());
        this.clock =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("disk-clock").factory());
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        for (int index = 0; index < threads; index++) {
            workers.add(new DiskWorker(index));
        }
        workers.forEach(DiskWorker::start);
    }

    /// Bytes of blocks waiting to be written and hashed.
    public long queuedBytes() {
        return budget.queuedBytes();
    }

    /// Begins whatever was left to be done together: blocks given to [Storage#store] and reads
    /// asked of [Storage#read]. To be called soon after them, once for many.
    public void wake() {
        for (int i = 0; i < workers.size(); i++) {
            workers.get(i).wake();
        }
    }

    int threadCount() {
        return workers.size();
    }

    /// The thread for everything about a piece.
    DiskWorker of(int pieceIndex) {
        return workers.get(pieceIndex % workers.size());
    }

    List<DiskWorker> all() {
        return workers;
    }

    TorrentFiles.Shared shared() {
        return shared;
    }

    ByteBudget budget() {
        return budget;
    }

    ReadBuffers readBuffers() {
        return readBuffers;
    }

    Pace pace() {
        return pace;
    }

    /// Runs a short task later, beside the workers; not at all once closed.
    void schedule(Runnable task, long delayMillis) {
        try {
            var _ = clock.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return; // Closed: there is nothing to come back to.
        }
    }

    /// Finishes what is queued, within two seconds.
    ///
    /// A task of the clock in the middle of its work is waited for, never interrupted: an interrupt
    /// closes the file that the thread is writing (see [java.nio.channels.InterruptibleChannel]).
    @Override
    public void close() {
        clock.shutdown();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
        try {
            var _ = clock.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            for (var worker : workers) {
                worker.close(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shared.openFiles().close();
    }
}
