package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.lookup.Density;
import dev.starling.lookup.Lookup;
import dev.starling.lookup.LookupEffect.Outcome;
import dev.starling.lookup.LookupTrace;
import dev.starling.lookup.RoundTripTimes;
import dev.starling.routing.RoutingTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A search for the nodes around one target, in both address families at once where we speak both:
/// nodes of either family name contacts of the other (BEP 32), which feed its lookup.
final class Search implements FamilyLookup.Owner {

    /// Queries of one lookup; in the largest of networks a lookup takes fifty.
    static final int MAX_QUERIES = 250;

    /// A lookup takes seconds; the rest is for waiting until the bootstrap gets through.
    static final Duration MAX_DURATION = Duration.ofMinutes(2);

    /// What to search, and how many queries to keep under way.
    record Plan(Id target, Question question, int alpha) {

        /// A person waits for these.
        static final int EAGER_ALPHA = 4;

        /// Nobody waits for these.
        static final int MODEST_ALPHA = 3;

        static Plan forNodes(Id target, int alpha) {
            return new Plan(target, new Question.FindNode(target), alpha);
        }

        static Plan forPeers(Id infoHash) {
            return new Plan(infoHash, new Question.GetPeers(infoHash, false), EAGER_ALPHA);
        }

        static Plan forScrape(Id infoHash) {
            return new Plan(infoHash, new Question.GetPeers(infoHash, true), EAGER_ALPHA);
        }

        static Plan forItem(Id target) {
            return new Plan(target, new Question.GetItem(target), EAGER_ALPHA);
        }
    }

    /// What came of a search, of both families together.
    record Result(Outcome outcome, List<Contact> closest, LookupTrace trace) {}

    /// Who hears of the search.
    interface Listener {
        void answered(Answer answer, Turn turn);

        /// This contact is among the closest of its family that have answered; also heard after the
        /// end, when one answers late.
        default void settled(Contact contact, Turn turn) {}

        /// The closest contacts of one family are known.
        void familyEnded(List<Contact> closest, Turn turn);

        /// All families have ended.
        void ended(Result result, Turn turn);
    }

    private final Plan plan;
    private final Listener listener;
    private final List<FamilyLookup> lookups = new ArrayList<>(2);
    private boolean noMoreOffers;
    private boolean hasEnded;

    Search(Plan plan, Listener listener, Parts parts) {
        this.plan = plan;
        this.listener = listener;
        if (parts.v4()) {
            lookups.add(family(true, parts));
        }
        if (parts.v6()) {
            lookups.add(family(false, parts));
        }
    }

    /// What every search of a node is made of.
    record Parts(Id selfId, boolean v4, boolean v6, Queries queries, Learned learned) {}

    /// What the searches of a node have learned of the network.
    record Learned(RoundTripTimes times, Density v4, Density v6) {}

    private FamilyLookup family(boolean isV4, Parts parts) {
        var settings =
                new Lookup.Settings(
                        RoutingTable.BUCKET_SIZE,
                        plan.alpha(),
                        MAX_QUERIES,
                        MAX_DURATION.toNanos(),
                        Transactions.TIMEOUT.toNanos());
        var learned = parts.learned();
        var density = isV4 ? learned.v4() : learned.v6();
        var lookup = new Lookup(parts.selfId(), plan.target(), settings, learned.times(), density);
        return new FamilyLookup(lookup, isV4, plan.question(), parts.queries(), this);
    }

    Id target() {
        return plan.target();
    }

    void start(List<Contact> contacts, Turn turn) {
        for (var lookup : lookups) {
            lookup.start(contacts, turn);
        }
    }

    void offer(List<Contact> contacts, Turn turn) {
        for (var lookup : lookups) {
            lookup.offer(contacts, turn);
        }
    }

    /// Nobody will offer anything more from outside.
    void noMoreOffers(Turn turn) {
        noMoreOffers = true;
        releaseFamilies(turn);
    }

    void cancel(Turn turn) {
        for (var lookup : lookups) {
            lookup.cancel(turn);
        }
    }

    void expire(Turn turn) {
        for (var lookup : lookups) {
            lookup.expire(turn);
        }
    }

    long nextDeadlineNanos() {
        long deadlineNanos = Long.MAX_VALUE;
        for (var lookup : lookups) {
            deadlineNanos = Math.min(deadlineNanos, lookup.nextDeadlineNanos());
        }
        return deadlineNanos;
    }

    boolean hasEnded() {
        return hasEnded;
    }

    @Override
    public void answered(FamilyLookup lookup, Answer answer, Turn turn) {
        listener.answered(answer, turn);
        for (var sibling : lookups) {
            if (sibling != lookup) {
                sibling.offer(answer.contacts(), turn);
            }
        }
    }

    @Override
    public void settled(Contact contact, Turn turn) {
        listener.settled(contact, turn);
    }

    @Override
    public void ended(FamilyLookup lookup, Turn turn) {
        listener.familyEnded(lookup.result().closest(), turn);
        if (noMoreOffers) {
            releaseFamilies(turn);
        }
        if (!hasEnded && lookups.stream().allMatch(FamilyLookup::hasEnded)) {
            hasEnded = true;
            listener.ended(result(), turn);
        }
    }

    /// A family without a contact goes on waiting while the other may still name one.
    private void releaseFamilies(Turn turn) {
        boolean isAnyGoingOn =
                lookups.stream().anyMatch(lookup -> lookup.wasOffered() && !lookup.hasEnded());
        for (var lookup : lookups) {
            if (!lookup.hasEnded() && (lookup.wasOffered() || !isAnyGoingOn)) {
                lookup.noMoreOffers(turn);
            }
        }
    }

    private Result result() {
        var outcome = Outcome.CANCELLED;
        var closest = new ArrayList<Contact>();
        var steps = new ArrayList<LookupTrace.Step>();
        for (var lookup : lookups) {
            var result = lookup.result();
            // The outcomes are declared from the best to the worst.
            outcome = result.outcome().compareTo(outcome) < 0 ? result.outcome() : outcome;
            closest.addAll(result.closest());
            steps.addAll(lookup.trace().steps());
        }
        steps.sort(Comparator.comparingLong(LookupTrace.Step::askedNanos));
        long startNanos = lookups.isEmpty() ? 0 : lookups.getFirst().trace().startNanos();
        return new Result(outcome, closest, new LookupTrace(plan.target(), startNanos, steps));
    }
}
