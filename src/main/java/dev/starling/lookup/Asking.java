package dev.starling.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Decides whom a lookup asks now: the closest of its candidates as long as its pace allows, a few
/// of the crowd, and when only silent ones are left, those once more and the neighbourhood for
/// whoever is hidden.
final class Asking {

    /// How often a contact among the closest is asked; one packet in thirty may be lost.
    static final int MAX_TRIES = 2;

    /// Below this share of answers the neighbourhood is swept.
    private static final double SWEEP_SHARE = 0.7;

    private final Lookup.Settings settings;
    private final RoundTripTimes times;
    private final Candidates candidates;
    private final Sweep sweep;
    private final Pace pace;
    private int crowdAsked;

    Asking(Lookup.Settings settings, RoundTripTimes times, Candidates candidates, Sweep sweep) {
        this.settings = settings;
        this.times = times;
        this.candidates = candidates;
        this.sweep = sweep;
        pace = new Pace(settings, times);
    }

    /// @param expectsOffers whether others than these may still be offered
    void ask(long nowNanos, boolean expectsOffers, Consumer<? super LookupEffect> effects) {
        askNext(nowNanos, effects);
        askCrowd(nowNanos, effects);
        askAgain(nowNanos, expectsOffers, effects);
    }

    /// Asks the closest fresh candidates, as long as there are slots and each would be among the
    /// closest if all that are in flight answered.
    private void askNext(long nowNanos, Consumer<? super LookupEffect> effects) {
        boolean hasAnswered = candidates.asked.hasAnswered();
        int window = pace.window(candidates.sought(), hasAnswered);
        int free =
                Math.min(
                        pace.alpha(hasAnswered) - candidates.shortlist.inFlight(window),
                        pace.maxInFlight(hasAnswered) - candidates.asked.inFlight());
        free = Math.min(free, settings.maxQueries() - candidates.asked.count());
        int closer = 0;
        for (int i = 0; i < candidates.shortlist.size() && closer < window && free > 0; i++) {
            var candidate = candidates.shortlist.at(i);
            switch (candidate.state) {
                case STALLED, FAILED -> {}
                case IN_FLIGHT, ANSWERED -> closer++;
                case FRESH -> {
                    if (!candidates.mayAsk(candidate)) {
                        candidates.shortlist.drop(i);
                        i--;
                    } else if (!candidate.isDoubtful()) {
                        candidates.asked.ask(candidate, nowNanos, times.stallNanos());
                        candidates.shortlist.asked();
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
        for (int i = 0; i < candidates.crowd.size() && crowdAsked < settings.k(); i++) {
            var candidate = candidates.crowd.at(i);
            if (candidate.state == Candidate.State.FRESH
                    && candidates.asked.mayAsk(candidate.contact.endpoint())) {
                candidates.asked.ask(candidate, nowNanos, times.stallNanos());
                candidates.crowd.asked();
                crowdAsked++;
                effects.accept(new LookupEffect.Ask(candidate.contact));
            }
        }
    }

    /// When all that is left are silent contacts among the closest, asks those once more.
    private void askAgain(
            long nowNanos, boolean expectsOffers, Consumer<? super LookupEffect> effects) {
        var silent = new ArrayList<Candidate>();
        int sought = candidates.sought();
        int found = 0;
        for (int i = 0; i < candidates.shortlist.size() && found < sought; i++) {
            var candidate = candidates.shortlist.at(i);
            if (candidate.state == Candidate.State.IN_FLIGHT
                    || candidates.isWorthAsking(candidate)) {
                return;
            }
            if (candidate.state == Candidate.State.STALLED) {
                silent.add(candidate);
            }
            found += candidate.state == Candidate.State.ANSWERED ? 1 : 0;
        }
        boolean isEnough = found >= settings.k();
        if (isEnough && (times.answeredShare() < SWEEP_SHARE || candidates.crowd.size() > 0)) {
            sweep.begin(
                    candidates.target,
                    candidates.closest(),
                    nowNanos + times.stallNanos(),
                    effects);
        }
        if (isEnough) {
            askAgain(silent, nowNanos, effects);
        } else if (!expectsOffers) {
            askAgain(silent.subList(0, Math.min(silent.size(), sought)), nowNanos, effects);
        }
    }

    private void askAgain(
            List<Candidate> silent, long nowNanos, Consumer<? super LookupEffect> effects) {
        for (var candidate : silent) {
            if (candidate.tries < MAX_TRIES && candidates.asked.count() < settings.maxQueries()) {
                candidates.asked.askAgain(candidate, nowNanos, times.stallNanos());
                effects.accept(new LookupEffect.Ask(candidate.contact));
            }
        }
    }
}
