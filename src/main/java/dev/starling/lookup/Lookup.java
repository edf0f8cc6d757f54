package dev.starling.lookup;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
/// How many queries are under way is [Pace]'s business, what is too close to be true [Density]'s,
/// and looking for hidden neighbours [Sweep]'s.
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

    /// How often a contact among the closest is asked; one packet in thirty may be lost.
    private static final int MAX_TRIES = 2;

    /// Below this share of answers the neighbourhood is swept.
    private static final double SWEEP_SHARE = 0.7;

    private final Id selfId;
    private final Id target;
    private final Settings settings;
    private final RoundTripTimes times;
    private final Density density;
    private final Shortlist shortlist;

    /// Candidates too close to be there by chance: asked beside the others, a few, but never in
    /// their place.
    private final Shortlist crowd;

    private final AskedContacts asked;
    private final Pace pace;
    private final Sweep sweep = new Sweep();
    private boolean isStarted;
    private boolean isFinished;
    private boolean isCancelled;
    private int crowdAsked;
    private boolean expectsOffers = true;
    private long startNanos;

    /// A lookup on its own, without what others have learned of the network's density.
    public Lookup(Id selfId, Id target, Settings settings, RoundTripTimes times) {
        this(selfId, target, settings, times, new Density());
    }

    public Lookup(Id selfId, Id target, Settings settings, RoundTripTimes times, Density density) {
        this.selfId = selfId;
        this.target = target;
        this.settings = settings;
        this.times = times;
        this.density = density;
        shortlist = new Shortlist(target);
        crowd = new Shortlist(target);
        asked = new AskedContacts(settings.queryTimeoutNanos());
        pace = new Pace(settings, times);
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
            case LookupInput.Offered(var contacts) -> contacts.forEach(each -> offer(each, null));
            case LookupInput.Answered answer -> answered(answer, nowNanos);
            case LookupInput.Surveyed(var source, var contacts) -> surveyed(source, contacts);
            case LookupInput.Failed(var contact) ->
                    asked.pending(contact.endpoint()).ifPresent(Candidate::failed);
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
        asked.expire(nowNanos, effects);
        sweep.expire(nowNanos);
        if (nowNanos - startNanos >= settings.maxNanos()) {
            finish(LookupEffect.Outcome.OUT_OF_TIME, effects);
            return;
        }
        askNext(nowNanos, effects);
        askCrowd(nowNanos, effects);
        askAgain(nowNanos, effects);
        settle(effects);
        finishIfSettled(effects);
    }

    @Override
    public long nextDeadlineNanos() {
        return isFinished || !isStarted
                ? NO_DEADLINE
                : Math.min(
                        startNanos + settings.maxNanos(),
                        Math.min(sweep.nextDeadlineNanos(), asked.nextDeadlineNanos()));
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
        return shortlist.answered(sought());
    }

    public LookupTrace trace() {
        return asked.trace(target, startNanos);
    }

    /// How many of the closest are sought. Where several contacts have been named that are too
    /// close to be true, some of the k closest lie as well: half as many more make up for a third
    /// of liars. One alone may be there by chance.
    private int sought() {
        int more = settings.k() / 2;
        return crowd.size() >= more ? settings.k() + more : settings.k();
    }

    private void surveyed(Contact source, List<Contact> contacts) {
        sweep.answered();
        shortlist
                .find(source)
                .ifPresent(candidate ->
                        contacts.stream()
                                .limit(MAX_NAMED)
                                .forEach(named -> offer(named, candidate)));
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
            var list = density.isImplausible(target, contact.id()) ? crowd : shortlist;
            list.add(new Candidate(contact, source));
        }
    }

    private void answered(LookupInput.Answered answer, long nowNanos) {
        var contact = answer.contact();
        var pending = asked.pending(contact.endpoint());
        if (pending.isEmpty()) {
            return;
        }
        var candidate = pending.get();
        boolean isKnown = shortlist.hasAnswered(contact.id()) || crowd.hasAnswered(contact.id());
        if (contact.id().equals(selfId) || isKnown) {
            candidate.failed();
            return;
        }
        if (!contact.id().equals(candidate.contact.id())) {
            (crowd.holds(candidate) ? crowd : shortlist).identify(candidate, contact);
        }
        asked.answered(candidate, answer.values(), nowNanos);
        answer.closer().stream().limit(MAX_NAMED).forEach(named -> offer(named, candidate));
    }

    /// Asks the closest fresh candidates, as long as there are slots and each would be among the
    /// closest if all that are in flight answered.
    private void askNext(long nowNanos, Consumer<? super LookupEffect> effects) {
        boolean hasAnswered = asked.hasAnswered();
        int window = pace.window(sought(), hasAnswered);
        int free =
                Math.min(
                        pace.alpha(hasAnswered) - shortlist.inFlight(window),
                        pace.maxInFlight(hasAnswered) - asked.inFlight());
        free = Math.min(free, settings.maxQueries() - asked.count());
        int closer = 0;
        for (int i = 0; i < shortlist.size() && closer < window && free > 0; i++) {
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

    /// Asks a few of the crowd, who may be honest after all.
    private void askCrowd(long nowNanos, Consumer<? super LookupEffect> effects) {
        for (int i = 0; i < crowd.size() && crowdAsked < settings.k(); i++) {
            var candidate = crowd.at(i);
            if (candidate.state == Candidate.State.FRESH
                    && asked.mayAsk(candidate.contact.endpoint())) {
                asked.ask(candidate, nowNanos, times.stallNanos());
                crowd.asked();
                crowdAsked++;
                effects.accept(new LookupEffect.Ask(candidate.contact));
            }
        }
    }

    /// When all that is left are silent contacts among the closest, asks those once more.
    private void askAgain(long nowNanos, Consumer<? super LookupEffect> effects) {
        var silent = new ArrayList<Candidate>();
        int sought = sought();
        int found = 0;
        for (int i = 0; i < shortlist.size() && found < sought; i++) {
            var candidate = shortlist.at(i);
            if (candidate.state == Candidate.State.IN_FLIGHT || isWorthAsking(candidate)) {
                return;
            }
            if (candidate.state == Candidate.State.STALLED && candidate.tries < MAX_TRIES) {
                silent.add(candidate);
            }
            found += candidate.state == Candidate.State.ANSWERED ? 1 : 0;
        }
        if (found >= settings.k()) {
            if (times.answeredShare() < SWEEP_SHARE || crowd.size() > 0) {
                sweep.begin(target, closest(), nowNanos + times.stallNanos(), effects);
            }
            for (var candidate : silent) {
                asked.askAgain(candidate, nowNanos, times.stallNanos());
                effects.accept(new LookupEffect.Ask(candidate.contact));
            }
        }
    }

    /// Tells of those that have answered and that nobody who may answer soon can displace.
    private void settle(Consumer<? super LookupEffect> effects) {
        int sought = sought();
        int closer = 0;
        for (int i = 0; i < shortlist.size() && closer < sought; i++) {
            var candidate = shortlist.at(i);
            if (candidate.state == Candidate.State.ANSWERED && !candidate.isSettled) {
                candidate.isSettled = true;
                effects.accept(new LookupEffect.Settled(candidate.contact));
            }
            boolean mayCount =
                    switch (candidate.state) {
                        case ANSWERED -> true;
                        case IN_FLIGHT -> candidate.tries < MAX_TRIES;
                        case FRESH -> isWorthAsking(candidate);
                        case STALLED, FAILED -> false;
                    };
            closer += mayCount ? 1 : 0;
        }
    }

    /// An answer that came after the end counts if it is among the closest.
    private void hearLate(
            LookupInput input, long nowNanos, Consumer<? super LookupEffect> effects) {
        if (input instanceof LookupInput.Answered answer && !isCancelled) {
            answered(answer, nowNanos);
            settleAtEnd(effects);
        }
    }

    /// Now only who has answered counts.
    private void settleAtEnd(Consumer<? super LookupEffect> effects) {
        var candidates = new ArrayList<>(shortlist.answeredCandidates(sought()));
        candidates.addAll(crowd.answeredCandidates(settings.k()));
        for (var candidate : candidates) {
            if (!candidate.isSettled) {
                candidate.isSettled = true;
                effects.accept(new LookupEffect.Settled(candidate.contact));
            }
        }
    }

    private boolean isWorthAsking(Candidate candidate) {
        return candidate.state == Candidate.State.FRESH
                && !candidate.isDoubtful()
                && asked.count() < settings.maxQueries();
    }

    private boolean mayAsk(Candidate candidate) {
        return asked.mayAsk(candidate.contact.endpoint())
                && !shortlist.hasAnswered(candidate.contact.id());
    }

    private void finishIfSettled(Consumer<? super LookupEffect> effects) {
        if (sweep.isUnderWay()) {
            return;
        }
        int sought = sought();
        int found = 0;
        boolean isOutOfQueries = false;
        for (int i = 0; i < shortlist.size() && found < sought; i++) {
            var candidate = shortlist.at(i);
            if (candidate.state == Candidate.State.IN_FLIGHT || isWorthAsking(candidate)) {
                return;
            }
            isOutOfQueries |= candidate.state == Candidate.State.FRESH && !candidate.isDoubtful();
            found += candidate.state == Candidate.State.ANSWERED ? 1 : 0;
        }
        if (isOutOfQueries) {
            finish(LookupEffect.Outcome.OUT_OF_QUERIES, effects);
        } else if (found >= settings.k() || (found > 0 && !expectsOffers)) {
            finish(LookupEffect.Outcome.CONVERGED, effects);
        } else if (!expectsOffers && !asked.hasPending()) {
            finish(LookupEffect.Outcome.NO_CONTACTS, effects);
        }
    }

    private void finish(LookupEffect.Outcome outcome, Consumer<? super LookupEffect> effects) {
        isFinished = true;
        var nearest = shortlist.answered(settings.k());
        if (outcome == LookupEffect.Outcome.CONVERGED && nearest.size() == settings.k()) {
            density.learn(target, nearest);
        }
        if (!isCancelled) {
            settleAtEnd(effects);
        }
        effects.accept(new LookupEffect.Finished(closest(), outcome));
    }
}
