package dev.starling.lookup;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One iterative lookup: asks ever closer contacts until the k closest that answer are known
/// (Kademlia, section 2.3; BEP 5, "get_peers").
///
/// It begins with the first [LookupInput.Offered] and is fed by later ones. A query that is not
/// answered within [RoundTripTimes#stallNanos()] frees its slot, but a late answer still counts. It
/// ends when the k closest candidates that may still answer have answered; one that is closer and
/// silent is waited for no longer than [#PATIENCE] stall times. With fewer than k answers it stays
/// open until [LookupInput.NoMoreOffers].
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
    private static final int MAX_NAMED = 16;

    /// Stall times for which a closer candidate holds up the end. Three reach nearly all that
    /// answer at all; the rest would cost every lookup seconds.
    private static final int PATIENCE = 3;

    /// Bounds and parameters.
    ///
    /// @param k how many closest answering contacts end the lookup
    /// @param alpha how many queries may be in flight
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

        /// What measurements in `docs/lookups.md` recommend.
        public static Settings standard() {
            return new Settings(
                    8, 4, 200, TimeUnit.SECONDS.toNanos(60), TimeUnit.SECONDS.toNanos(5));
        }
    }

    private final Id selfId;
    private final Id target;
    private final Settings settings;
    private final RoundTripTimes times;
    private final Shortlist shortlist;
    private final AskedAddresses addresses = new AskedAddresses();

    /// Every candidate asked, in that order; bounded by [Settings#maxQueries()].
    private final Map<Endpoint, Candidate> asked = new LinkedHashMap<>();

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
            case LookupInput.Failed(var contact) -> failed(contact);
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
        passOverdue(nowNanos, effects);
        if (nowNanos - startNanos >= settings.maxNanos()) {
            finish(LookupEffect.Outcome.OUT_OF_TIME, effects);
            return;
        }
        askNext(nowNanos, effects);
        finishIfSettled(nowNanos, effects);
    }

    @Override
    public long nextDeadlineNanos() {
        if (isFinished || !isStarted) {
            return NO_DEADLINE;
        }
        long deadline = startNanos + settings.maxNanos();
        for (var candidate : asked.values()) {
            if (candidate.state == Candidate.State.IN_FLIGHT) {
                deadline = Math.min(deadline, candidate.stallNanos);
            } else if (candidate.state == Candidate.State.STALLED) {
                long patienceEnds = patienceEndsNanos(candidate);
                deadline =
                        Math.min(
                                deadline,
                                patienceEnds > latestNanos
                                        ? patienceEnds
                                        : candidate.askedNanos + settings.queryTimeoutNanos());
            }
        }
        return deadline;
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
        var steps = new ArrayList<LookupTrace.Step>(asked.size());
        for (var candidate : asked.values()) {
            boolean isAnswered = candidate.state == Candidate.State.ANSWERED;
            steps.add(
                    new LookupTrace.Step(
                            candidate.contact,
                            candidate.askedNanos - startNanos,
                            isAnswered ? candidate.answeredNanos - startNanos : -1,
                            candidate.hop,
                            target.sharedPrefixBits(candidate.contact.id()),
                            candidate.values));
        }
        return new LookupTrace(target, startNanos, steps);
    }

    private void offer(Contact contact, @Nullable Candidate source) {
        var endpoint = contact.endpoint();
        boolean isForeign =
                source != null
                        && source.contact.endpoint().address().isGlobal()
                        && !endpoint.address().isGlobal();
        if (isForeign
                || !endpoint.isReachable()
                || contact.id().equals(selfId)
                || !addresses.mayAsk(endpoint)) {
            return;
        }
        shortlist.add(new Candidate(contact, source == null ? 0 : source.hop + 1, source));
    }

    private void answered(LookupInput.Answered answer, long nowNanos) {
        var contact = answer.contact();
        var candidate = asked.get(contact.endpoint());
        if (candidate == null || !candidate.isPending()) {
            return;
        }
        if (contact.id().equals(selfId) || shortlist.hasAnswered(contact.id())) {
            candidate.state = Candidate.State.FAILED;
            return;
        }
        if (!contact.id().equals(candidate.contact.id())) {
            shortlist.identify(candidate, contact);
        }
        candidate.answered(answer.values(), nowNanos);
        answer.closer().stream().limit(MAX_NAMED).forEach(named -> offer(named, candidate));
    }

    private void failed(Contact contact) {
        var candidate = asked.get(contact.endpoint());
        if (candidate != null && candidate.isPending()) {
            candidate.state = Candidate.State.FAILED;
        }
    }

    /// Frees the slots of stalled queries and gives up those out of time.
    private void passOverdue(long nowNanos, Consumer<? super LookupEffect> effects) {
        for (var candidate : asked.values()) {
            if (candidate.state == Candidate.State.IN_FLIGHT && nowNanos >= candidate.stallNanos) {
                candidate.stalled();
            }
            if (candidate.isPending()
                    && nowNanos - candidate.askedNanos >= settings.queryTimeoutNanos()) {
                candidate.state = Candidate.State.FAILED;
                effects.accept(new LookupEffect.GaveUp(candidate.contact));
            }
        }
    }

    /// Asks the closest fresh candidates, as long as there are slots and each would be among the k
    /// closest if all that are in flight answered.
    private void askNext(long nowNanos, Consumer<? super LookupEffect> effects) {
        int free = width() - inFlight();
        int closer = 0;
        for (int i = 0; i < shortlist.size() && closer < settings.k() && free > 0; i++) {
            var candidate = shortlist.at(i);
            switch (candidate.state) {
                case STALLED, FAILED -> {}
                case IN_FLIGHT, ANSWERED -> closer++;
                case FRESH -> {
                    if (!isWorthAsking(candidate)) {
                        shortlist.drop(i);
                        i--;
                    } else if (asked.size() < settings.maxQueries()) {
                        ask(candidate, nowNanos, effects);
                        closer++;
                        free--;
                    }
                }
            }
        }
    }

    private boolean isWorthAsking(Candidate candidate) {
        return addresses.mayAsk(candidate.contact.endpoint())
                && !candidate.isDoubtful()
                && !shortlist.hasAnswered(candidate.contact.id());
    }

    private void ask(Candidate candidate, long nowNanos, Consumer<? super LookupEffect> effects) {
        candidate.asked(nowNanos, times.stallNanos());
        shortlist.asked();
        addresses.asked(candidate.contact.endpoint());
        asked.put(candidate.contact.endpoint(), candidate);
        effects.accept(new LookupEffect.Ask(candidate.contact));
    }

    private int width() {
        return settings.alpha();
    }

    /// Queries that hold a slot.
    int inFlight() {
        int count = 0;
        for (var candidate : asked.values()) {
            count += candidate.state == Candidate.State.IN_FLIGHT ? 1 : 0;
        }
        return count;
    }

    private void finishIfSettled(long nowNanos, Consumer<? super LookupEffect> effects) {
        int found = 0;
        boolean isBlocked = false;
        for (int i = 0; i < shortlist.size() && found < settings.k(); i++) {
            var candidate = shortlist.at(i);
            switch (candidate.state) {
                case ANSWERED -> found++;
                case FAILED -> {}
                case IN_FLIGHT -> {
                    return;
                }
                case STALLED -> {
                    if (nowNanos < patienceEndsNanos(candidate)) {
                        return;
                    }
                }
                case FRESH -> {
                    if (asked.size() < settings.maxQueries()) {
                        return;
                    }
                    isBlocked = true;
                }
            }
        }
        if (isBlocked) {
            finish(LookupEffect.Outcome.OUT_OF_QUERIES, effects);
        } else if (found == settings.k() || (found > 0 && !expectsOffers)) {
            finish(LookupEffect.Outcome.CONVERGED, effects);
        } else if (!expectsOffers && !hasPending()) {
            finish(LookupEffect.Outcome.NO_CONTACTS, effects);
        }
    }

    private boolean hasPending() {
        return asked.values().stream().anyMatch(Candidate::isPending);
    }

    /// Until when a closer candidate holds up the end.
    private long patienceEndsNanos(Candidate candidate) {
        long patienceNanos = PATIENCE * (candidate.stallNanos - candidate.askedNanos);
        return candidate.askedNanos + Math.min(patienceNanos, settings.queryTimeoutNanos());
    }

    private void finish(LookupEffect.Outcome outcome, Consumer<? super LookupEffect> effects) {
        isFinished = true;
        effects.accept(new LookupEffect.Finished(closest(), outcome));
    }
}
