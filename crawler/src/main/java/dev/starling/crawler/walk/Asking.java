package dev.starling.crawler.walk;

import java.util.ArrayDeque;
import java.util.Optional;

/// Questions that wait for the budget, and where they wait.
///
/// Counting swarms comes before finding more of them, or the list of swarms to count would grow
/// without bound. What one address may not be asked yet waits aside. Bounded by what the open zones
/// hold; confined to the machine.
final class Asking {

    /// How long a question waits whose address has had its share: half of what one takes to come
    /// back.
    static final long PUT_OFF_NANOS = 250_000_000;

    private record PutOff(Question question, long untilNanos) {}

    private final ArrayDeque<Question> urgent = new ArrayDeque<>();
    private final ArrayDeque<Question> usual = new ArrayDeque<>();
    private final ArrayDeque<PutOff> putOff = new ArrayDeque<>();

    void add(Question question) {
        (question.kind == Question.Kind.SCRAPE ? urgent : usual).add(question);
    }

    /// The next question that may be asked as far as is known.
    Optional<Question> next(long nowNanos) {
        var eldest = putOff.peek();
        if (eldest != null && eldest.untilNanos() <= nowNanos) {
            putOff.remove();
            return Optional.of(eldest.question());
        }
        var question = urgent.poll();
        return Optional.ofNullable(question == null ? usual.poll() : question);
    }

    void putOff(Question question, long nowNanos) {
        putOff.add(new PutOff(question, nowNanos + PUT_OFF_NANOS));
    }

    /// Whether nothing can be asked before [#nextNanos].
    boolean isIdle(long nowNanos) {
        return urgent.isEmpty()
                && usual.isEmpty()
                && (putOff.isEmpty() || putOff.getFirst().untilNanos() > nowNanos);
    }

    long nextNanos() {
        return putOff.isEmpty() ? Long.MAX_VALUE : putOff.getFirst().untilNanos();
    }

    int waiting() {
        return urgent.size() + usual.size() + putOff.size();
    }
}
