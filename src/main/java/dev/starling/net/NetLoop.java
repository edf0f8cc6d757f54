package dev.starling.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One thread on which sockets are read and machines run, turn by turn.
///
/// In a turn the loop reads what has come on its sockets, then does what was put off until the
/// turn's end, so that what many messages give rise to is sent in few system calls. Methods may be
/// called from any thread where nothing else is said.
public final class NetLoop implements Executor, AutoCloseable {

    private static final long CLOSE_MILLIS = 1000; // a person waits for it
    private static final long ASK_MILLIS = 2000; // longer than any turn should ever last
    private static final long ORIGIN = System.nanoTime() - 1;

    private final Transport transport;
    private final EventLoopGroup group;
    private final IoEventLoop executor;

    /// Made once, as a loop has ten thousand turns a second.
    private final Runnable turnEnder = this::endTurn;

    // Confined to the loop.
    private List<Runnable> turnEnd = new ArrayList<>();
    private List<Runnable> spare = new ArrayList<>();
    private boolean isTurnOpen;
    private boolean isTurnTimed;
    private long turnNanos;

    private NetLoop(String name, Transport transport) {
        this.transport = transport;
        var one =
                new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory(name, true), transport.handlers());
        group = one;
        executor = one.next();
    }

    /// Starts a loop.
    ///
    /// @param name of its thread
    public static NetLoop start(String name, Transport transport) {
        return new NetLoop(name, transport);
    }

    /// Nanoseconds since this class was loaded, at least 1: the time that machines are given.
    public static long nowNanos() {
        return System.nanoTime() - ORIGIN;
    }

    Transport transport() {
        return transport;
    }

    EventLoopGroup group() {
        return group;
    }

    public boolean isInLoop() {
        return executor.inEventLoop();
    }

    /// Runs `task` on the loop, soon; not at all once the loop is closed.
    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            if (!executor.isShuttingDown()) {
                throw e;
            }
        }
    }

    /// Runs `task` on the loop: at once if that is where we are, or if the loop has ended.
    void finish(Runnable task) {
        if (isInLoop() || executor.isTerminated()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /// Has the loop watch a handle; `registered` is told on the loop.
    void register(IoHandle handle, Consumer<IoRegistration> registered) {
        var _ =
                executor.register(handle)
                        .addListener(
                                (Future<IoRegistration> done) -> registered.accept(done.getNow()));
    }

    /// Runs `task` on the loop after `delayNanos`.
    public ScheduledFuture<?> schedule(Runnable task, long delayNanos) {
        return executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }

    /// Has the loop answer a question and waits for it; empty when the loop is closed or does not
    /// come to it in time. Asked on the loop itself, the question is answered at once.
    public <T> Optional<T> ask(Supplier<T> question) {
        if (isInLoop()) {
            return Optional.of(question.get());
        }
        if (executor.isShuttingDown()) {
            return Optional.empty();
        }
        var answer = CompletableFuture.supplyAsync(question, this);
        try {
            return Optional.of(answer.get(ASK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the loop could not answer", e);
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    /// The time of this turn, read once. Loop only.
    public long turnNanos() {
        if (!isTurnTimed) {
            openTurn();
            isTurnTimed = true;
            turnNanos = nowNanos();
        }
        return turnNanos;
    }

    /// Runs `task` when this turn has handled all that came. Loop only.
    public void atTurnEnd(Runnable task) {
        openTurn();
        turnEnd.add(task);
    }

    private void openTurn() {
        if (!isTurnOpen) {
            isTurnOpen = true;
            execute(turnEnder); // behind the sockets that are ready now
        }
    }

    private void endTurn() {
        isTurnOpen = false;
        isTurnTimed = false;
        var tasks = turnEnd;
        turnEnd = spare;
        for (int i = 0; i < tasks.size(); i++) {
            tasks.get(i).run();
        }
        tasks.clear();
        spare = tasks;
    }

    @Override
    public void close() {
        var closed = group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        if (!isInLoop()) {
            closed.awaitUninterruptibly(CLOSE_MILLIS);
        }
    }
}
