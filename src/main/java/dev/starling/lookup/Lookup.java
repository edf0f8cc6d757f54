package dev.starling.lookup;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One iterative lookup: asks ever closer contacts until the k closest that answer are known
/// (Kademlia, section 2.3; BEP 5, "get_peers").
///
/// It begins with the first [LookupInput.Offered] and is fed by later ones. A query that is not
/// answered within [RoundTripTimes#stallNanos()], or that closer candidates have overtaken, frees
/// its slot, but a late answer still counts. The lookup ends when the k closest candidates that may
/// still answer have answered; a closer one that keeps silent is waited for a few stall times. With
/// fewer than k answers it stays open until [LookupInput.NoMoreOffers].
///
/// One contact per IP address and few per subnet are asked, local addresses exempt, so that whoever
/// owns one network cannot take over a lookup. A source that names only silent contacts is no
/// longer believed. Knows no wire format: its owner turns [LookupEffect.Ask] into a query, reports
/// what came of it, and tells [RoundTripTimes] of every answer. Queries that are pending when the
/// lookup ends are the owner's. Confined to its owner's thread; `docs/lookups.md` explains and
/// measures it.
public final class Lookup implements StateMachine<LookupInput, LookupEffect> {

    /// Contacts taken from one answer: eight of each family (BEP 5, BEP 32). Some nodes send
    /// twenty; a liar sends what fits.
    static final int MAX_NAMED = 16;

    /// Bounds the queries in flight, overtaken ones included, in multiples of alpha.
    static final int MAX_OVERTAKEN = 3;

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
                    8, 5, 200, TimeUnit.SECONDS.toNanos(60), TimeUnit.SECONDS.toNanos(5));
        }
    }

    private final Id selfId;
    private final Id target;
    private final Settings settings;
    private final RoundTripTimes times;
    private final Shortlist shortlist;
    private final AskedContacts asked;
    private boolean isStarted;
    private boolean isFinished;
    private boolean expectsOffers = true;
    private long startNanos;
    private long latestNanos;

    public Lookup(Id selfId, Id target, Settings settings, RoundTripTimes times) {
        this.selfId = selfId;
        this.target = target;
        this.settings = settings;
        this.times = times;
        shortlist = new Shortlist(target);
        asked = new AskedContacts(settings.queryTimeoutNanos());
    }

    @Override
    public void handle(LookupInput input, long nowNanos, Consumer<? super LookupEffect> effects) {
        if (isFinished) {
            return;
        }
        if (!isStarted) {
            isStarted = true;
            startNanos = nowNanos;
        }
        switch (input) {
            case LookupInput.Offered(var contacts) -> contacts.forEach(each -> offer(each, null));
            case LookupInput.Answered answer -> answered(answer, nowNanos);
            case LookupInput.Failed(var contact) ->
                    asked.pending(contact.endpoint()).ifPresent(Candidate::failed);
            case LookupInput.NoMoreOffers _ -> expectsOffers = false;
            case LookupInput.Cancel _ -> finish(LookupEffect.Outcome.CANCELLED, effects);
        }
        expire(nowNanos, effects);
    }

    @Override
    public void expire(long nowNanos, Consumer<? super LookupEffect> effects) {
        if (isFinished || !isStarted) {
            return;
        }
        latestNanos = nowNanos;
        asked.expire(nowNanos, effects);
        if (nowNanos - startNanos >= settings.maxNanos()) {
            finish(LookupEffect.Outcome.OUT_OF_TIME, effects);
            return;
        }
        askNext(nowNanos, effects);
        finishIfSettled(nowNanos, effects);
    }

    @Override
    public long nextDeadlineNanos() {
        return isFinished || !isStarted
                ? NO_DEADLINE
                : Math.min(startNanos + settings.maxNanos(), asked.nextDeadlineNanos(latestNanos));
    }

    public Id target() {
        return target;
    }

    public boolean isFinished() {
        return isFinished;
    }

    /// The closest contacts that have answered so far, closest first, at most k.
    public List<Contact> closest() {
        return shortlist.answered(settings.k());
    }

    public LookupTrace trace() {
        return asked.trace(target, startNanos);
    }

    private void offer(Contact contact, @Nullable Candidate source) {
        var endpoint = contact.endpoint();
        boolean isOutOfPlace = // a private address means nothing to us if named from outside
                source != null
                        && source.contact.endpoint().address().isGlobal()
                        && !endpoint.address().isGlobal();
        if (!isOutOfPlace
                && endpoint.isReachable()
                && !contact.id().equals(selfId)
                && asked.mayAsk(endpoint)) {
            shortlist.add(new Candidate(contact, source));
        }
    }

    private void answered(LookupInput.Answered answer, long nowNanos) {
        var contact = answer.contact();
        var pending = asked.pending(contact.endpoint());
        if (pending.isEmpty()) {
            return;
        }
        var candidate = pending.get();
        if (contact.id().equals(selfId) || shortlist.hasAnswered(contact.id())) {
            candidate.failed();
            return;
        }
        if (!contact.id().equals(candidate.contact.id())) {
            shortlist.identify(candidate, contact);
        }
        candidate.answered(answer.values(), nowNanos);
        answer.closer().stream().limit(MAX_NAMED).forEach(named -> offer(named, candidate));
    }

    /// Asks the closest fresh candidates, as long as there are slots and each would be among the k
    /// closest if all that are in flight answered.
    private void askNext(long nowNanos, Consumer<? super LookupEffect> effects) {
        int free =
                Math.min(
                        settings.alpha() - shortlist.inFlight(settings.k()),
                        MAX_OVERTAKEN * settings.alpha() - asked.inFlight());
        free = Math.min(free, settings.maxQueries() - asked.count());
        int closer = 0;
        for (int i = 0; i < shortlist.size() && closer < settings.k() && free > 0; i++) {
            var candidate = shortlist.at(i);
            switch (candidate.state) {
                case STALLED, FAILED -> {}
                case IN_FLIGHT, ANSWERED -> closer++;
                case FRESH -> {
                    if (!mayAsk(candidate)) {
                        shortlist.drop(i);
                        i--;
                    } else if (!candidate.isDoubtful()) {
                        asked.ask(candidate, nowNanos, times.stallNanos());
                        shortlist.asked();
                        effects.accept(new LookupEffect.Ask(candidate.contact));
                        closer++;
                        free--;
                    }
                }
            }
        }
    }

    private boolean mayAsk(Candidate candidate) {
        return asked.mayAsk(candidate.contact.endpoint())
                && !shortlist.hasAnswered(candidate.contact.id());
    }

    private void finishIfSettled(long nowNanos, Consumer<? super LookupEffect> effects) {
        int found = 0;
        boolean isOutOfQueries = false;
        for (int i = 0; i < shortlist.size() && found < settings.k(); i++) {
            var candidate = shortlist.at(i);
            boolean isAwaited =
                    switch (candidate.state) {
                        case ANSWERED, FAILED -> false;
                        case IN_FLIGHT -> true;
                        case STALLED -> asked.isAwaited(candidate, nowNanos);
                        case FRESH ->
                                !candidate.isDoubtful() && asked.count() < settings.maxQueries();
                    };
            if (isAwaited) {
                return;
            }
            isOutOfQueries |= candidate.state == Candidate.State.FRESH && !candidate.isDoubtful();
            found += candidate.state == Candidate.State.ANSWERED ? 1 : 0;
        }
        if (isOutOfQueries) {
            finish(LookupEffect.Outcome.OUT_OF_QUERIES, effects);
        } else if (found == settings.k() || (found > 0 && !expectsOffers)) {
            finish(LookupEffect.Outcome.CONVERGED, effects);
        } else if (!expectsOffers && !asked.hasPending()) {
            finish(LookupEffect.Outcome.NO_CONTACTS, effects);
        }
    }

    private void finish(LookupEffect.Outcome outcome, Consumer<? super LookupEffect> effects) {
        isFinished = true;
        effects.accept(new LookupEffect.Finished(closest(), outcome));
    }
}
