package dev.starling.lookup;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One iterative lookup: asks ever closer contacts until the k closest that answer are known
/// (Kademlia, section 2.3; BEP 5, "get_peers").
///
/// It begins with the first [LookupInput.Offered] and is fed by later ones. A query that is not
/// answered within [RoundTripTimes#stallNanos()], or that closer candidates have overtaken, frees
/// its slot, but a late answer still counts. The lookup ends when the k closest candidates have
/// answered, and closer ones that keep silent have been asked twice. With fewer than k answers it
/// stays open until [LookupInput.NoMoreOffers]. Each of the closest is named by
/// [LookupEffect.Settled] as soon as nothing under way can displace it.
///
/// Here is its life and who is told of. Whom it knows of is [Candidates]' business, whom to ask
/// next [Asking]'s, how many at once [Pace]'s, what is too close to be true [Density]'s, and
/// looking for hidden neighbours [Sweep]'s.
///
/// One contact per IP address and few per subnet are asked, local addresses exempt, so that whoever
/// owns one network cannot take over a lookup. A source that names only silent contacts is no
/// longer believed. Knows no wire format: its owner turns [LookupEffect.Ask] into a query, reports
/// what came of it, and tells [RoundTripTimes] of every answer. Queries that are pending when the
/// lookup ends are the owner's. Confined to its owner's thread; `docs/lookups.md` explains and
/// measures it.
public final class Lookup implements StateMachine<LookupInput, LookupEffect> {

    /// Bounds and parameters.
    ///
    /// @param k how many closest answering contacts end the lookup
    /// @param alpha how many queries to the k closest candidates may be in flight
    /// @param maxQueries bound on queries in all
    /// @param maxNanos bound on time in all
    /// @param queryTimeoutNanos when an unanswered query is given up for good
    public record Settings(
            int k, int alpha, int maxQueries, long maxNanos, long queryTimeoutNanos) {

        public Settings {
            if (k < 1 || alpha < 1 || maxQueries < 1 || maxNanos < 1 || queryTimeoutNanos < 1) {
                throw new IllegalArgumentException("every setting must be positive");
            }
        }

        /// What the measurements in `docs/lookups.md` recommend.
        public static Settings standard() {
            return new Settings(
                    8, 4, 200, TimeUnit.SECONDS.toNanos(60), TimeUnit.SECONDS.toNanos(5));
        }
    }

    private final Id target;
    private final Settings settings;
    private final Candidates candidates;
    private final Sweep sweep = new Sweep();
    private final Asking asking;
    private boolean isStarted;
    private boolean isFinished;
    private boolean isCancelled;
    private boolean expectsOffers = true;
    private long startNanos;

    /// A lookup on its own, without what others have learned of the network's density.
    public Lookup(Id selfId, Id target, Settings settings, RoundTripTimes times) {
        this(selfId, target, settings, times, new Density());
    }

    public Lookup(Id selfId, Id target, Settings settings, RoundTripTimes times, Density density) {
        this.target = target;
        this.settings = settings;
        candidates = new Candidates(selfId, target, settings, density);
        asking = new Asking(settings, times, candidates, sweep);
    }

    @Override
    public void handle(LookupInput input, long nowNanos, Consumer<? super LookupEffect> effects) {
        if (isFinished) {
            hearLate(input, nowNanos, effects);
            return;
        }
        if (!isStarted) {
            isStarted = true;
            startNanos = nowNanos;
        }
        switch (input) {
            case LookupInput.Offered(var contacts) -> contacts.forEach(candidates::offer);
            case LookupInput.Answered answer -> candidates.answered(answer, nowNanos);
            case LookupInput.Surveyed(var source, var contacts) -> {
                sweep.answered();
                candidates.surveyed(source, contacts);
            }
            case LookupInput.Failed(var contact) -> candidates.failed(contact);
            case LookupInput.NoMoreOffers _ -> expectsOffers = false;
            case LookupInput.Cancel _ -> {
                isCancelled = true;
                finish(LookupEffect.Outcome.CANCELLED, effects);
            }
        }
        expire(nowNanos, effects);
    }

    @Override
    public void expire(long nowNanos, Consumer<? super LookupEffect> effects) {
        if (isFinished || !isStarted) {
            return;
        }
        candidates.asked.expire(nowNanos, effects);
        sweep.expire(nowNanos);
        if (nowNanos - startNanos >= settings.maxNanos()) {
            finish(LookupEffect.Outcome.OUT_OF_TIME, effects);
            return;
        }
        asking.ask(nowNanos, expectsOffers, effects);
        settle(effects);
        finishIfSettled(effects);
    }

    @Override
    public long nextDeadlineNanos() {
        return isFinished || !isStarted
                ? NO_DEADLINE
                : Math.min(
                        startNanos + settings.maxNanos(),
                        Math.min(sweep.nextDeadlineNanos(), candidates.asked.nextDeadlineNanos()));
    }

    public Id target() {
        return target;
    }

    public boolean isFinished() {
        return isFinished;
    }

    /// The closest contacts that have answered so far, closest first: at most k, or half as many
    /// more where somebody lies.
    public List<Contact> closest() {
        return candidates.closest();
    }

    public LookupTrace trace() {
        return candidates.asked.trace(target, startNanos);
    }

    /// Tells of those that have answered and that nobody who may answer soon can displace.
    private void settle(Consumer<? super LookupEffect> effects) {
        int sought = candidates.sought();
        int closer = 0;
        for (int i = 0; i < candidates.shortlist.size() && closer < sought; i++) {
            var candidate = candidates.shortlist.at(i);
            if (candidate.state == Candidate.State.ANSWERED && !candidate.isSettled) {
                candidate.isSettled = true;
                effects.accept(new LookupEffect.Settled(candidate.contact));
            }
            boolean mayCount =
                    switch (candidate.state) {
                        case ANSWERED -> true;
                        case IN_FLIGHT -> candidate.tries < Asking.MAX_TRIES;
                        case FRESH -> candidates.isWorthAsking(candidate);
                        case STALLED, FAILED -> false;
                    };
            closer += mayCount ? 1 : 0;
        }
    }

    /// An answer that came after the end counts if it is among the closest.
    private void hearLate(
            LookupInput input, long nowNanos, Consumer<? super LookupEffect> effects) {
        if (input instanceof LookupInput.Answered answer && !isCancelled) {
            candidates.answered(answer, nowNanos);
            settleAtEnd(effects);
        }
    }

    /// Now only who has answered counts.
    private void settleAtEnd(Consumer<? super LookupEffect> effects) {
        var closest = new ArrayList<>(candidates.shortlist.answeredCandidates(candidates.sought()));
        closest.addAll(candidates.crowd.answeredCandidates(settings.k()));
        for (var candidate : closest) {
            if (!candidate.isSettled) {
                candidate.isSettled = true;
                effects.accept(new LookupEffect.Settled(candidate.contact));
            }
        }
    }

    private void finishIfSettled(Consumer<? super LookupEffect> effects) {
        if (sweep.isUnderWay()) {
            return;
        }
        int sought = candidates.sought();
        int found = 0;
        boolean isOutOfQueries = false;
        for (int i = 0; i < candidates.shortlist.size() && found < sought; i++) {
            var candidate = candidates.shortlist.at(i);
            if (candidate.state == Candidate.State.IN_FLIGHT
                    || candidates.isWorthAsking(candidate)) {
                return;
            }
            isOutOfQueries |= candidate.state == Candidate.State.FRESH && !candidate.isDoubtful();
            found += candidate.state == Candidate.State.ANSWERED ? 1 : 0;
        }
        if (isOutOfQueries) {
            finish(LookupEffect.Outcome.OUT_OF_QUERIES, effects);
        } else if (found >= settings.k() || (found > 0 && !expectsOffers)) {
            finish(LookupEffect.Outcome.CONVERGED, effects);
        } else if (!expectsOffers && !candidates.asked.hasPending()) {
            finish(LookupEffect.Outcome.NO_CONTACTS, effects);
        }
    }

    private void finish(LookupEffect.Outcome outcome, Consumer<? super LookupEffect> effects) {
        isFinished = true;
        if (outcome == LookupEffect.Outcome.CONVERGED) {
            candidates.learnDensity();
        }
        if (!isCancelled) {
            settleAtEnd(effects);
        }
        effects.accept(new LookupEffect.Finished(closest(), outcome));
    }
}
