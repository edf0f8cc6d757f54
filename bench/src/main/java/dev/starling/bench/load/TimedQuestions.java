package dev.starling.bench.load;

import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Questions of others, with a count of how many were asked in each stretch of time and how many of
/// these were answered.
final class TimedQuestions implements Questions {

    /// How long a stretch is.
    static final long STRETCH_NANOS = 100_000_000L;

    private final Questions questions;
    private final LongSupplier elapsedNanos;
    private final long[] asked;
    private final long[] answered;

    /// In which stretch each was asked; those never answered stay until the end of the run.
    private final IdentityHashMap<Question, Integer> stretches = new IdentityHashMap<>();

    /// @param elapsedNanos since the first stretch began
    /// @param stretchCount what is asked after so many is not counted
    TimedQuestions(Questions questions, LongSupplier elapsedNanos, int stretchCount) {
        this.questions = questions;
        this.elapsedNanos = elapsedNanos;
        asked = new long[stretchCount];
        answered = new long[stretchCount];
    }

    @Override
    public Optional<Question> next() {
        var next = questions.next();
        int stretch = (int) (elapsedNanos.getAsLong() / STRETCH_NANOS);
        if (next.isPresent() && stretch < asked.length) {
            asked[stretch]++;
            stretches.put(next.get(), stretch);
        }
        return next;
    }

    @Override
    public void granted(Question question, byte[] token) {
        questions.granted(question, token);
    }

    @Override
    public void answered(Question question, ReplyReader reply) {
        questions.answered(question, reply);
        var stretch = stretches.remove(question);
        if (stretch != null) {
            answered[stretch]++;
        }
    }

    @Override
    public boolean isEnded() {
        return questions.isEnded();
    }

    /// The share of what was asked in these stretches that was answered.
    double answeredShare(int from, int to) {
        long all = 0;
        long good = 0;
        for (int i = from; i < to; i++) {
            all += asked[i];
            good += answered[i];
        }
        return all == 0 ? 0 : (double) good / all;
    }
}
