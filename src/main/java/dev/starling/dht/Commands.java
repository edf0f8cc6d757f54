package dev.starling.dht;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The commands under way and those that wait for their turn.
final class Commands {

    /// Each may have a few dozen queries under way.
    static final int MAX_RUNNING = 64;

    /// A client that starts with thousands of torrents asks for all of them at once.
    static final int MAX_WAITING = 20_000;

    private final Map<Long, Command> running = new LinkedHashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>(1);

    private record Waiting(long handle, Command command) {}

    void add(long handle, Command command, Turn turn) {
        running.values().removeIf(Command::isDone);
        if (running.size() < MAX_RUNNING) {
            begin(handle, command, turn);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(new Waiting(handle, command));
        } else {
            command.refuse(turn);
        }
    }

    void cancel(long handle, Turn turn) {
        waiting.removeIf(next -> next.handle == handle);
        var command = running.remove(handle);
        if (command != null) {
            command.cancel(turn);
        }
    }

    void expire(Turn turn) {
        for (var command : List.copyOf(running.values())) {
            if (command.nextDeadlineNanos() <= turn.nowNanos()) {
                command.expire(turn);
            }
        }
        running.values().removeIf(Command::isDone);
        while (running.size() < MAX_RUNNING && !waiting.isEmpty()) {
            var next = waiting.remove();
            begin(next.handle, next.command, turn);
        }
    }

    long nextDeadlineNanos() {
        if (!waiting.isEmpty() && running.values().stream().anyMatch(Command::isDone)) {
            return Long.MIN_VALUE;
        }
        long deadlineNanos = Long.MAX_VALUE;
        for (var command : running.values()) {
            deadlineNanos = Math.min(deadlineNanos, command.nextDeadlineNanos());
        }
        return deadlineNanos;
    }

    private void begin(long handle, Command command, Turn turn) {
        if (running.putIfAbsent(handle, command) != null) {
            throw new IllegalStateException("handle " + handle + " is in use");
        }
        command.begin(turn);
        if (command.isDone()) {
            running.remove(handle);
        }
    }
}
