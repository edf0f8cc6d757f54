package dev.starling.lookup;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Runs one lookup on virtual time in a [SyntheticDht] and notes what it did.
final class LookupRun {

    private record Event(long nanos, int order, long rttNanos, LookupInput input) {}

    final Lookup lookup;
    final List<Contact> asked = new ArrayList<>();
    LookupEffect.@Nullable Finished finished;
    long nanos;
    int finishes;

    /// The most queries neither answered nor stalled at any time.
    int widest;

    /// When each unanswered query stalls.
    private final Map<Endpoint, Long> stalls = new LinkedHashMap<>();

    /// When the first of `holders` answered, and the queries sent by then.
    long firstValuesNanos = -1;

    int queriesUntilValues;

    private final SyntheticDht dht;
    private final RoundTripTimes times;
    private final SplittableRandom random;
    private final Set<Contact> holders;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>((a, b) ->
                    a.nanos != b.nanos
                            ? Long.compare(a.nanos, b.nanos)
                            : Integer.compare(a.order, b.order));
    private int order;

    LookupRun(SyntheticDht dht, Lookup lookup, RoundTripTimes times, long seed) {
        this.dht = dht;
        this.times = times;
        random = new SplittableRandom(seed);
        this.lookup = lookup;
        holders = new LinkedHashSet<>(dht.truth(lookup.target(), SyntheticDht.K));
    }

    /// Begins before any contact is known.
    void startEmpty() {
        handle(new LookupInput.Offered(List.of()));
    }

    /// Goes on with these contacts and expects no more.
    LookupRun from(List<Contact> contacts) {
        handle(new LookupInput.Offered(contacts));
        handle(new LookupInput.NoMoreOffers());
        return this;
    }

    /// Runs until the lookup ends; fails rather than run for ever.
    LookupRun run() {
        for (int step = 0; step < 100_000 && finished == null; step++) {
            var event = events.peek();
            long deadline = lookup.nextDeadlineNanos();
            if (event != null && event.nanos <= deadline) {
                events.poll();
                nanos = event.nanos;
                times.answered(event.rttNanos);
                note(event.input);
                handle(event.input);
            } else if (deadline == Long.MAX_VALUE) {
                throw new AssertionError("the lookup waits for nothing");
            } else {
                nanos = Math.max(nanos, deadline);
                lookup.expire(nanos, this::accept);
            }
        }
        if (finished == null) {
            throw new AssertionError("the lookup does not end: " + lookup.trace());
        }
        return this;
    }

    LookupEffect.Outcome outcome() {
        if (finished == null) {
            throw new IllegalStateException("the lookup has not ended");
        }
        return finished.outcome();
    }

    /// The share of the k truly closest live nodes that were found.
    double recall() {
        return lookup.closest().stream().filter(holders::contains).count()
                / (double) SyntheticDht.K;
    }

    private void handle(LookupInput input) {
        lookup.handle(input, nanos, this::accept);
    }

    private void note(LookupInput input) {
        if (input instanceof LookupInput.Answered(var contact, _, int values)) {
            stalls.remove(contact.endpoint());
            if (values > 0 && firstValuesNanos < 0) {
                firstValuesNanos = nanos;
                queriesUntilValues = asked.size();
            }
        }
    }

    private void accept(LookupEffect effect) {
        switch (effect) {
            case LookupEffect.Ask(var contact) -> ask(contact);
            case LookupEffect.Survey(var contact, var point) -> survey(contact, point);
            case LookupEffect.Settled _ -> {}
            case LookupEffect.GaveUp _ -> times.unanswered();
            case LookupEffect.Finished done -> {
                finished = done;
                finishes++;
            }
        }
    }

    private void survey(Contact contact, Id point) {
        int node = dht.nodeAt(contact.endpoint());
        long rtt = dht.rttNanos(node, random);
        var answer = new LookupInput.Surveyed(contact, dht.answer(node, point));
        events.add(new Event(nanos + rtt, order++, rtt, answer));
    }

    private void ask(Contact contact) {
        asked.add(contact);
        stalls.put(contact.endpoint(), nanos + times.stallNanos());
        stalls.values().removeIf(stall -> stall <= nanos);
        widest = Math.max(widest, stalls.size());
        int node = dht.nodeAt(contact.endpoint());
        if (node < 0 || !dht.isLive(node)) {
            return;
        }
        long rtt = dht.rttNanos(node, random);
        var self = dht.contact(node);
        var answer =
                new LookupInput.Answered(
                        self, dht.answer(node, lookup.target()), holders.contains(self) ? 10 : 0);
        events.add(new Event(nanos + rtt, order++, rtt, answer));
    }
}
