package dev.starling.bench.load;

import dev.starling.bench.load.Questions.Question;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The queries on their way. A transaction names a slot and how often the slot was used, so that an
/// answer too late for one query is not taken for the answer to the next.
final class LoadSlots {

    /// A slot's number fits 16 bits.
    static final int MAX_SLOTS = 1 << 16;

    private final @Nullable Question[] questions;
    private final long[] dueNanos;
    private final short[] generations;
    private final int[] free;
    private int freeCount;

    LoadSlots(int capacity) {
        if (capacity < 1 || capacity > MAX_SLOTS) {
            throw new IllegalArgumentException(capacity + " slots, not in 1.." + MAX_SLOTS);
        }
        questions = new Question[capacity];
        dueNanos = new long[capacity];
        generations = new short[capacity];
        free = new int[capacity];
        for (int slot = capacity - 1; slot >= 0; slot--) {
            free[freeCount++] = slot;
        }
    }

    int count() {
        return free.length - freeCount;
    }

    boolean isEmpty() {
        return freeCount == free.length;
    }

    /// The transaction of a new query; there must be room.
    int open(Question question, long due) {
        int slot = free[--freeCount];
        questions[slot] = question;
        dueNanos[slot] = due;
        generations[slot]++;
        return (slot << 16) | (generations[slot] & 0xffff);
    }

    /// When the query was due; meaningless when it is not on its way.
    long dueNanos(int transaction) {
        return dueNanos[Math.min(transaction >>> 16, dueNanos.length - 1)];
    }

    /// Ends a query; empty when there is none by this transaction.
    Optional<Question> close(int transaction) {
        int slot = transaction >>> 16;
        if (slot >= questions.length || generations[slot] != (short) transaction) {
            return Optional.empty();
        }
        var question = Optional.ofNullable(questions[slot]);
        if (question.isPresent()) {
            questions[slot] = null;
            free[freeCount++] = slot;
        }
        return question;
    }

    /// Ends queries that were due before; says how many.
    int expire(long beforeNanos) {
        int expired = 0;
        for (int slot = 0; slot < questions.length; slot++) {
            if (questions[slot] != null && dueNanos[slot] < beforeNanos) {
                questions[slot] = null;
                free[freeCount++] = slot;
                expired++;
            }
        }
        return expired;
    }
}
