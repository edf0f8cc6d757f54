package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.routing.RoutingTable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Looks up random ids in buckets that want contacts: all far ones after joining (Kademlia, section
/// 2.3) and those long unchanged ever after (BEP 5, "Routing Table"). One lookup at a time.
final class Refresh implements Search.Listener {

    /// Between two lookups, so that joining is no burst.
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ContactTables tables;
    private final Searches searches;
    private final RandomGenerator random;
    private final Deque<Id> toFill = new ArrayDeque<>(1);
    private @Nullable Search search;
    private long nextNanos = Long.MIN_VALUE;

    Refresh(ContactTables tables, Searches searches, RandomGenerator random) {
        this.tables = tables;
        this.searches = searches;
        this.random = random;
    }

    /// Plans a lookup in every bucket farther away than our closest neighbours that is not full.
    void fill() {
        toFill.clear();
        for (var table : tables.all()) {
            plan(table);
        }
    }

    private void plan(RoutingTable table) {
        var self = table.selfId();
        var neighbours = table.closest(self, RoutingTable.BUCKET_SIZE);
        if (neighbours.size() < RoutingTable.BUCKET_SIZE) {
            return; // we know the whole network
        }
        int depth = neighbours.getLast().id().sharedPrefixBits(self);
        int[] counts = new int[Id.LENGTH_BITS + 1];
        for (var state : table.contacts()) {
            counts[state.contact().id().sharedPrefixBits(self)]++;
        }
        for (int i = 0; i < depth; i++) {
            if (counts[i] < RoutingTable.BUCKET_SIZE) {
                toFill.add(self.flipped(i).prefixed(i + 1, Id.random(random)));
            }
        }
    }

    void expire(Turn turn) {
        if (isBusy() || turn.nowNanos() < nextNanos) {
            return;
        }
        var target = toFill.poll();
        for (var table : tables.all()) {
            if (target == null) {
                target = table.nextRefreshTarget(turn.nowNanos()).orElse(null);
            }
        }
        if (target != null) {
            var plan = Search.Plan.forNodes(target, Search.Plan.MODEST_ALPHA);
            var begun = searches.start(plan, this, List.of(), turn);
            search = begun;
            begun.noMoreOffers(turn);
            search = begun.hasEnded() ? null : begun;
        }
    }

    long nextDeadlineNanos() {
        return isBusy() || toFill.isEmpty() ? Long.MAX_VALUE : nextNanos;
    }

    /// Whether a lookup is under way, so that no bucket can be refreshed now.
    boolean isBusy() {
        return search != null;
    }

    @Override
    public void answered(Answer answer, Turn turn) {}

    @Override
    public void familyEnded(List<Contact> closest, Turn turn) {}

    @Override
    public void ended(Search.Result result, Turn turn) {
        search = null; // its memory is a quarter of that of the table
        nextNanos = turn.nowNanos() + PAUSE.toNanos();
    }
}
