package dev.starling.sim;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Virtual time and what is to happen in it.
///
/// Events run in order of their time and, at one time, in the order in which they were scheduled;
/// nothing else decides, so the same schedule always runs the same way. Time stands still while an
/// event runs. Confined to one thread.
///
/// A heap in arrays, each of whose places has four below it: a million nodes have some millions of
/// events pending, and an object for each would double their memory and their time.
public final class SimClock {

    /// Pending events beyond this number mean a machine that feeds itself; a world of a million
    /// nodes has a few million.
    private static final int MAX_PENDING = 50_000_000;

    private static final int FIRST_CAPACITY = 64;
    private static final int WIDTH = 4;

    private long[] times = new long[FIRST_CAPACITY];
    private long[] orders = new long[FIRST_CAPACITY];
    private @Nullable Runnable[] actions = new Runnable[FIRST_CAPACITY];
    private int pending;
    private long nowNanos;
    private long scheduled;
    private long run;

    public long nowNanos() {
        return nowNanos;
    }

    /// Events run so far.
    public long eventsRun() {
        return run;
    }

    /// Events still to run.
    public int pending() {
        return pending;
    }

    /// Schedules `action`; a time already past means now.
    public void at(long atNanos, Runnable action) {
        if (pending >= MAX_PENDING) {
            throw new IllegalStateException(pending + " events pending, limit reached");
        }
        if (pending == times.length) {
            int capacity = Math.min(pending + pending / 2, MAX_PENDING);
            times = Arrays.copyOf(times, capacity);
            orders = Arrays.copyOf(orders, capacity);
            actions = Arrays.copyOf(actions, capacity);
        }
        siftUp(pending++, Math.max(atNanos, nowNanos), scheduled++, action);
    }

    public void after(long delayNanos, Runnable action) {
        at(nowNanos + delayNanos, action);
    }

    /// Runs the next event; false when there is none.
    public boolean runNext() {
        if (pending == 0) {
            return false;
        }
        nowNanos = times[0];
        var action = actions[0];
        pending--;
        var last = actions[pending];
        actions[pending] = null;
        if (pending > 0 && last != null) {
            siftDown(times[pending], orders[pending], last);
        }
        run++;
        if (action != null) {
            action.run();
        }
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
            if (pending == 0 || times[0] > limitNanos) {
                nowNanos = Math.max(nowNanos, limitNanos);
                return false;
            }
            runNext();
        }
        return true;
    }

    private void siftUp(int from, long atNanos, long order, Runnable action) {
        int place = from;
        while (place > 0) {
            int above = (place - 1) / WIDTH;
            if (isBefore(above, atNanos, order)) {
                break;
            }
            move(above, place);
            place = above;
        }
        put(place, atNanos, order, action);
    }

    private void siftDown(long atNanos, long order, Runnable action) {
        int place = 0;
        while (true) {
            int first = place * WIDTH + 1;
            if (first >= pending) {
                break;
            }
            int least = first;
            int end = Math.min(first + WIDTH, pending);
            for (int below = first + 1; below < end; below++) {
                if (isBefore(below, times[least], orders[least])) {
                    least = below;
                }
            }
            if (!isBefore(least, atNanos, order)) {
                break;
            }
            move(least, place);
            place = least;
        }
        put(place, atNanos, order, action);
    }

    private boolean isBefore(int place, long atNanos, long order) {
        return times[place] < atNanos || (times[place] == atNanos && orders[place] < order);
    }

    private void move(int from, int to) {
        times[to] = times[from];
        orders[to] = orders[from];
        actions[to] = actions[from];
    }

    private void put(int place, long atNanos, long order, Runnable action) {
        times[place] = atNanos;
        orders[place] = order;
        actions[place] = action;
    }
}
