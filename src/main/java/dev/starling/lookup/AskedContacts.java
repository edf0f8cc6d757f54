package dev.starling.lookup;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The contacts a lookup has asked, in that order, and what each query still waits for. Bounded by
/// [Lookup.Settings#maxQueries()].
final class AskedContacts {

    private final Map<Endpoint, Candidate> asked = new LinkedHashMap<>();
    private final AddressSpread spread = new AddressSpread();
    private final long timeoutNanos;
    private boolean hasAnswered;
    private int queries;

    AskedContacts(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    /// Queries sent.
    int count() {
        return queries;
    }

    /// Whether this endpoint may be asked: never twice, and no network too often.
    boolean mayAsk(Endpoint endpoint) {
        return spread.admits(endpoint);
    }

    void ask(Candidate candidate, long nowNanos, long stallNanos) {
        queries++;
        candidate.asked(nowNanos, stallNanos);
        spread.add(candidate.contact.endpoint());
        asked.put(candidate.contact.endpoint(), candidate);
    }

    /// A packet may have been lost: asks once more.
    void askAgain(Candidate candidate, long nowNanos, long stallNanos) {
        queries++;
        candidate.asked(nowNanos, stallNanos);
    }

    void answered(Candidate candidate, int values, long nowNanos) {
        candidate.answered(values, nowNanos);
        hasAnswered = true;
    }

    /// Whether any has answered.
    boolean hasAnswered() {
        return hasAnswered;
    }

    /// The candidate at this endpoint whose query may still be answered.
    Optional<Candidate> pending(Endpoint endpoint) {
        return Optional.ofNullable(asked.get(endpoint)).filter(Candidate::isPending);
    }

    boolean hasPending() {
        return asked.values().stream().anyMatch(Candidate::isPending);
    }

    /// Queries neither answered nor stalled.
    int inFlight() {
        int count = 0;
        for (var candidate : asked.values()) {
            count += candidate.state == Candidate.State.IN_FLIGHT ? 1 : 0;
        }
        return count;
    }

    /// Notes which queries have stalled and gives up those out of time.
    void expire(long nowNanos, Consumer<? super LookupEffect> effects) {
        for (var candidate : asked.values()) {
            if (candidate.state == Candidate.State.IN_FLIGHT && nowNanos >= candidate.stallNanos) {
                candidate.stalled();
            }
            if (candidate.isPending() && nowNanos - candidate.askedNanos >= timeoutNanos) {
                candidate.failed();
                effects.accept(new LookupEffect.GaveUp(candidate.contact));
            }
        }
    }

    long nextDeadlineNanos() {
        long deadline = StateMachine.NO_DEADLINE;
        for (var candidate : asked.values()) {
            deadline =
                    switch (candidate.state) {
                        case FRESH, ANSWERED, FAILED -> deadline;
                        case IN_FLIGHT -> Math.min(deadline, candidate.stallNanos);
                        case STALLED -> Math.min(deadline, candidate.askedNanos + timeoutNanos);
                    };
        }
        return deadline;
    }

    LookupTrace trace(Id target, long startNanos) {
        var steps = new ArrayList<LookupTrace.Step>(asked.size());
        for (var candidate : asked.values()) {
            boolean isAnswered = candidate.state == Candidate.State.ANSWERED;
            steps.add(
                    new LookupTrace.Step(
                            candidate.contact,
                            candidate.askedNanos - startNanos,
                            isAnswered ? candidate.answeredNanos - startNanos : -1,
                            candidate.tries,
                            candidate.hop,
                            target.sharedPrefixBits(candidate.contact.id()),
                            candidate.values));
        }
        return new LookupTrace(target, startNanos, steps);
    }
}
