package dev.starling.sim;

import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/// Virtual time and what is to happen in it.
///
/// Events run in order of their time and, at one time, in the order in which they were scheduled;
/// nothing else decides, so the same schedule always runs the same way. Time stands still while an
/// event runs. Confined to one thread.
public final class SimClock {

    /// Pending events beyond this number mean a machine that feeds itself; a world of thousands of
    /// nodes has a few hundred thousand.
    private static final int MAX_PENDING = 50_000_000;

    private final PriorityQueue<Event> pending = new PriorityQueue<>();
    private long nowNanos;
    private long scheduled;
    private long run;

    private record Event(long atNanos, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    public long nowNanos() {
        return nowNanos;
    }

    /// Events run so far.
    public long eventsRun() {
        return run;
    }

    /// Schedules `action`; a time already past means now.
    public void at(long atNanos, Runnable action) {
        if (pending.size() >= MAX_PENDING) {
            throw new IllegalStateException(pending.size() + " events pending, limit reached");
        }
        pending.add(new Event(Math.max(atNanos, nowNanos), scheduled++, action));
    }

    public void after(long delayNanos, Runnable action) {
        at(nowNanos + delayNanos, action);
    }

    /// Runs the next event; false when there is none.
    public boolean runNext() {
        Event next = pending.poll();
        if (next == null) {
            return false;
        }
        nowNanos = next.atNanos;
        run++;
        next.action.run();
        return true;
    }

    /// Runs all that happens until `untilNanos`, which it then is.
    public void runUntil(long untilNanos) {
        runUntil(() -> false, untilNanos);
    }

    public void runFor(long durationNanos) {
        runUntil(nowNanos + durationNanos);
    }

    /// Runs until `done` holds, asked after every event, or until `limitNanos`; whether it holds.
    public boolean runUntil(BooleanSupplier done, long limitNanos) {
        while (!done.getAsBoolean()) {
            Event next = pending.peek();
            if (next == null || next.atNanos > limitNanos) {
                nowNanos = Math.max(nowNanos, limitNanos);
                return false;
            }
            runNext();
        }
        return true;
    }
}
