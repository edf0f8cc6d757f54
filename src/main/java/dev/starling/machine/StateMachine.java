package dev.starling.machine;

import java.util.function.Consumer;

/// Something that takes inputs and time and hands out effects, and owns no socket, clock or thread.
///
/// A loop drives it in production and the simulator drives the very same class on virtual time. All
/// three methods are confined to the driver's thread. Time is `nowNanos`, a monotonic count with an
/// arbitrary origin that never runs backwards between calls. Effects are accepted synchronously; a
/// buffer inside an effect is valid only until `accept` returns, so whoever keeps it must copy or
/// retain it. The consumer must not call back into the machine.
///
/// @param <I> what may happen to the machine, a sealed type
/// @param <O> what the machine asks of the world, a sealed type
public interface StateMachine<I, O> {

    /// Value of [#nextDeadlineNanos()] when nothing is due.
    long NO_DEADLINE = Long.MAX_VALUE;

    /// Takes one input and hands out what follows from it.
    void handle(I input, long nowNanos, Consumer<? super O> effects);

    /// Does what is due at `nowNanos`. Harmless if called early or twice.
    void expire(long nowNanos, Consumer<? super O> effects);

    /// When [#expire] wants to be called next, or [#NO_DEADLINE].
    long nextDeadlineNanos();
}
