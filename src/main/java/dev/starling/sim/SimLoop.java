package dev.starling.sim;

import dev.starling.machine.StateMachine;
import java.util.function.Consumer;

/// Drives one machine on virtual time, as a loop with one armed timer does in production.
///
/// `effects` is called while the machine runs and must not call back into it: whatever answers an
/// effect is scheduled on the clock.
///
/// @param <I> the machine's inputs
/// @param <O> the machine's effects
public final class SimLoop<I, O> {

    private final SimClock clock;
    private final StateMachine<I, O> machine;
    private final Consumer<? super O> effects;
    private long armedNanos = StateMachine.NO_DEADLINE;
    private boolean isRunning;
    private boolean isStopped;

    public SimLoop(SimClock clock, StateMachine<I, O> machine, Consumer<? super O> effects) {
        this.clock = clock;
        this.machine = machine;
        this.effects = effects;
        arm();
    }

    /// Gives the machine an input now; nothing once stopped.
    public void handle(I input) {
        if (isStopped) {
            return;
        }
        enter();
        machine.handle(input, clock.nowNanos(), effects);
        leave();
    }

    /// Drops the machine: it hears nothing more and no timer of it fires.
    public void stop() {
        isStopped = true;
    }

    public boolean isStopped() {
        return isStopped;
    }

    private void fire(long dueNanos) {
        if (isStopped || dueNanos != armedNanos) {
            return; // an earlier deadline has replaced this timer
        }
        armedNanos = StateMachine.NO_DEADLINE;
        if (machine.nextDeadlineNanos() <= clock.nowNanos()) {
            enter();
            machine.expire(clock.nowNanos(), effects);
            leave();
        } else {
            arm();
        }
    }

    private void enter() {
        if (isRunning) {
            throw new IllegalStateException("an effect called back into its machine");
        }
        isRunning = true;
    }

    private void leave() {
        isRunning = false;
        arm();
    }

    /// Leaves a timer that fires too early in place: it finds nothing due and arms anew.
    private void arm() {
        long deadlineNanos = machine.nextDeadlineNanos();
        if (deadlineNanos >= armedNanos) {
            return;
        }
        long dueNanos = Math.max(deadlineNanos, clock.nowNanos());
        armedNanos = dueNanos;
        clock.at(dueNanos, () -> fire(dueNanos));
    }
}
