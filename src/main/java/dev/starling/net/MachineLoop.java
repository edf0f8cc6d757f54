package dev.starling.net;

import dev.starling.machine.StateMachine;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Drives one machine on a loop: gives it inputs and time, keeps one timer armed, and hands its
/// effects to a consumer.
///
/// All inputs of one turn are given the same time, and the timer is looked at once a turn. A
/// machine that throws has a mistake of ours in it: it is stopped and its owner told; nothing more
/// is given to it.
///
/// @param <I> the machine's inputs
/// @param <O> the machine's effects
public final class MachineLoop<I, O> {

    /// Inputs waiting from other threads. They come from people and disks, which never have so many
    /// under way; beyond it the poster is at fault.
    static final int INBOX_LIMIT = 65_536;

    /// The shortest wait: a machine whose deadline has passed cannot keep the loop to itself.
    private static final long SHORTEST_WAIT_NANOS = 1_000_000;

    private final NetLoop loop;
    private final StateMachine<I, O> machine;
    private final Consumer<? super O> effects;
    private final Consumer<? super RuntimeException> broken;

    /// Made once, as it is asked for in every turn.
    private final Runnable armer = this::arm;

    private final Queue<I> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inboxSize = new AtomicInteger();
    private final AtomicBoolean isDrainDue = new AtomicBoolean();

    // Confined to the loop.
    private final ArrayDeque<I> putOff = new ArrayDeque<>();
    private boolean isHandling;
    private boolean isStopped;
    private boolean isArmingDue;
    private long armedNanos = StateMachine.NO_DEADLINE;
    private @Nullable ScheduledFuture<?> timer;

    /// @param effects called on the loop, during the call that caused the effect
    /// @param broken told when the machine has thrown, on the loop
    public MachineLoop(
            NetLoop loop,
            StateMachine<I, O> machine,
            Consumer<? super O> effects,
            Consumer<? super RuntimeException> broken) {
        this.loop = loop;
        this.machine = machine;
        this.effects = effects;
        this.broken = broken;
    }

    /// Gives an input from any thread.
    ///
    /// @throws RejectedExecutionException if [#INBOX_LIMIT] inputs are waiting
    public void post(I input) {
        if (inboxSize.incrementAndGet() > INBOX_LIMIT) {
            inboxSize.decrementAndGet();
            throw new RejectedExecutionException(INBOX_LIMIT + " inputs are waiting");
        }
        inbox.add(input);
        if (isDrainDue.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
    }

    /// Gives an input at once. Loop only. Called by the consumer of effects, it waits until the
    /// machine has finished what it is doing, so it must not hold a borrowed buffer then.
    public void handle(I input) {
        putOff.add(input);
        if (!isHandling) {
            run(false);
        }
    }

    /// A way into the machine past [StateMachine#handle], for what comes so often that no object
    /// shall be made of it.
    ///
    /// @param <A> where it came from
    /// @param <B> what came
    public interface Shortcut<A, B> {

        /// Whether that was all; otherwise nothing has happened, and it has to come as an input.
        boolean take(A from, B what, long nowNanos);
    }

    /// Gives the machine something by a shortcut; whether that was all. Loop only.
    public <A, B> boolean take(Shortcut<A, B> shortcut, A from, B what) {
        if (isStopped || isHandling) {
            return isStopped;
        }
        isHandling = true;
        try {
            return shortcut.take(from, what, loop.turnNanos());
        } catch (RuntimeException e) {
            stop();
            broken.accept(e);
            return true;
        } finally {
            isHandling = false;
            armAtTurnEnd();
        }
    }

    /// Gives the machine nothing more, neither inputs nor time. Loop only.
    public void stop() {
        isStopped = true;
        putOff.clear();
        disarm();
    }

    private void drain() {
        isDrainDue.set(false);
        for (I input = inbox.poll(); input != null; input = inbox.poll()) {
            inboxSize.decrementAndGet();
            handle(input);
        }
    }

    private void expire() {
        timer = null;
        armedNanos = StateMachine.NO_DEADLINE;
        run(true);
    }

    /// Lets the machine do what is due, if asked to, and handle what has been put off.
    private void run(boolean isDue) {
        if (isStopped) {
            putOff.clear();
            return;
        }
        isHandling = true;
        try {
            if (isDue) {
                machine.expire(loop.turnNanos(), effects);
            }
            for (I next = putOff.poll(); next != null && !isStopped; next = putOff.poll()) {
                machine.handle(next, loop.turnNanos(), effects);
            }
        } catch (RuntimeException e) {
            stop();
            broken.accept(e);
        } finally {
            isHandling = false;
        }
        armAtTurnEnd();
    }

    private void armAtTurnEnd() {
        if (!isArmingDue && !isStopped) {
            isArmingDue = true;
            loop.atTurnEnd(armer);
        }
    }

    /// Arms the timer if something is due before it fires. When a deadline has moved away the timer
    /// fires early, which does no harm and spares moving it with every message.
    private void arm() {
        isArmingDue = false;
        long deadline = isStopped ? StateMachine.NO_DEADLINE : machine.nextDeadlineNanos();
        if (deadline >= armedNanos) {
            return;
        }
        disarm();
        armedNanos = deadline;
        long earliest = NetLoop.nowNanos() + SHORTEST_WAIT_NANOS;
        long wait = SHORTEST_WAIT_NANOS + Math.max(deadline, earliest) - earliest;
        timer = loop.schedule(this::expire, wait);
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        armedNanos = StateMachine.NO_DEADLINE;
    }
}
