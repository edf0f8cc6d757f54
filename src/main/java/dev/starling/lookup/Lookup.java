package dev.starling.lookup;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import java.util.List;
import java.util.function.Consumer;

/// One iterative lookup: asks ever closer contacts until the k closest that answer are known.
///
/// One contact per IP address and few per subnet are asked, local addresses exempt, so that whoever
/// owns one network cannot take over a lookup. Knows no wire format: its owner turns
/// [LookupEffect.Ask] into a query and reports what came of it.
public final class Lookup implements StateMachine<LookupInput, LookupEffect> {

    /// Bounds and parameters.
    ///
    /// @param k how many closest answering contacts end the lookup
    /// @param alpha how many queries may be in flight
    /// @param maxQueries bound on queries in all
    /// @param maxNanos bound on time in all
    /// @param queryTimeoutNanos when an unanswered query is given up for good
    public record Settings(
            int k, int alpha, int maxQueries, long maxNanos, long queryTimeoutNanos) {}

    public Lookup(Id selfId, Id target, Settings settings, RoundTripTimes times) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void handle(LookupInput input, long nowNanos, Consumer<? super LookupEffect> effects) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void expire(long nowNanos, Consumer<? super LookupEffect> effects) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long nextDeadlineNanos() {
        throw new UnsupportedOperationException();
    }

    public Id target() {
        throw new UnsupportedOperationException();
    }

    public boolean isFinished() {
        throw new UnsupportedOperationException();
    }

    /// The closest contacts that have answered so far, closest first, at most k.
    public List<Contact> closest() {
        throw new UnsupportedOperationException();
    }

    public LookupTrace trace() {
        throw new UnsupportedOperationException();
    }
}
