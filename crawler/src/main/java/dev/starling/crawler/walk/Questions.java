package dev.starling.crawler.walk;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.machine.StateMachine;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The questions under way, by transaction id. Bounded; confined to the machine.
///
/// A question has two deadlines: when most would have answered, measured from those who do, after
/// which it may be asked again, and a late one up to which an answer still counts. So a slow node
/// is neither lost nor waited for.
final class Questions {

    /// 30,000 questions a second to nodes of which every sixth is silent.
    static final int MAX_IN_FLIGHT = 1 << 16;

    /// The slowest of a hundred nodes takes some 6 s.
    static final long GIVE_UP_NANOS = 8_000_000_000L;

    /// The length tells ours from those of a node's own queries, which have four bytes.
    static final int TRANSACTION_BYTES = 6;

    private static final long SHORTEST_PATIENCE_NANOS = 250_000_000L;
    private static final long LONGEST_PATIENCE_NANOS = 2_000_000_000L;

    /// As TCP weighs a new round-trip time and its deviation (RFC 6298).
    private static final double MEAN_WEIGHT = 1 / 8.0;

    private static final double DEVIATION_WEIGHT = 1 / 4.0;

    private final RandomGenerator random;
    private final @Nullable Question[] slots = new Question[MAX_IN_FLIGHT];
    private final int[] free = new int[MAX_IN_FLIGHT];
    private int freeCount = MAX_IN_FLIGHT;

    /// Both in the order of asking.
    private final ArrayDeque<Question> young = new ArrayDeque<>();

    private final ArrayDeque<Question> old = new ArrayDeque<>();

    private double meanNanos = 300_000_000;
    private double deviationNanos = 100_000_000;

    Questions(RandomGenerator random) {
        this.random = random;
        for (int i = 0; i < MAX_IN_FLIGHT; i++) {
            free[i] = MAX_IN_FLIGHT - 1 - i;
        }
    }

    boolean isFull() {
        return freeCount == 0;
    }

    int inFlight() {
        return MAX_IN_FLIGHT - freeCount;
    }

    /// Notes that a question is asked now; gives its transaction id.
    ByteString open(Question question, long nowNanos) {
        question.slot = free[--freeCount];
        question.nonce = random.nextInt(1 << 24);
        question.askedNanos = nowNanos;
        slots[question.slot] = question;
        young.add(question);
        return ByteString.of(
                new byte[] {
                    (byte) (question.slot >>> 16),
                    (byte) (question.slot >>> 8),
                    (byte) question.slot,
                    (byte) (question.nonce >>> 16),
                    (byte) (question.nonce >>> 8),
                    (byte) question.nonce
                });
    }

    static boolean isOurs(ByteString transaction) {
        return transaction.lengthBytes() == TRANSACTION_BYTES;
    }

    /// Takes out the question that a message with this id from `from` answers.
    Optional<Question> close(ByteString transaction, Endpoint from, long nowNanos) {
        int slot = number(transaction, 0);
        var question = slot < MAX_IN_FLIGHT ? slots[slot] : null;
        if (question == null
                || question.nonce != number(transaction, 3)
                || !question.to.endpoint().equals(from)) {
            return Optional.empty();
        }
        settle(question);
        learn(nowNanos - question.askedNanos);
        return Optional.of(question);
    }

    /// The next question whose first deadline has passed.
    Optional<Question> nextOverdue(long nowNanos) {
        var eldest = eldest(young);
        if (eldest == null || eldest.askedNanos + patienceNanos() > nowNanos) {
            return Optional.empty();
        }
        young.remove();
        old.add(eldest);
        return Optional.of(eldest);
    }

    /// Takes out the next question whose last deadline has passed.
    Optional<Question> nextLost(long nowNanos) {
        var eldest = eldest(old);
        if (eldest == null || eldest.askedNanos + GIVE_UP_NANOS > nowNanos) {
            return Optional.empty();
        }
        old.remove();
        settle(eldest);
        return Optional.of(eldest);
    }

    long nextDeadlineNanos() {
        var youngest = eldest(young);
        var oldest = eldest(old);
        return Math.min(
                youngest == null ? StateMachine.NO_DEADLINE : youngest.askedNanos + patienceNanos(),
                oldest == null ? StateMachine.NO_DEADLINE : oldest.askedNanos + GIVE_UP_NANOS);
    }

    long patienceNanos() {
        return (long)
                Math.clamp(
                        meanNanos + 4 * deviationNanos,
                        SHORTEST_PATIENCE_NANOS,
                        LONGEST_PATIENCE_NANOS);
    }

    private void learn(long rttNanos) {
        double off = Math.abs(rttNanos - meanNanos);
        deviationNanos += DEVIATION_WEIGHT * (off - deviationNanos);
        meanNanos += MEAN_WEIGHT * (rttNanos - meanNanos);
    }

    private void settle(Question question) {
        question.isSettled = true;
        slots[question.slot] = null;
        free[freeCount++] = question.slot;
    }

    private static @Nullable Question eldest(ArrayDeque<Question> queue) {
        var eldest = queue.peek();
        while (eldest != null && eldest.isSettled) {
            queue.remove();
            eldest = queue.peek();
        }
        return eldest;
    }

    private static int number(ByteString transaction, int at) {
        return (transaction.at(at) & 0xff) << 16
                | (transaction.at(at + 1) & 0xff) << 8
                | (transaction.at(at + 2) & 0xff);
    }
}
