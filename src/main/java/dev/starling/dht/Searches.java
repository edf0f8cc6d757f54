package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import dev.starling.routing.RoutingTable;
import java.util.ArrayList;
import java.util.List;

/// The searches under way, whoever has begun them.
final class Searches {

    /// Contacts of our table a search begins with; three times what it must find, since some are
    /// dead.
    private static final int FIRST_CONTACTS = 24;

    /// Names that others have given besides; unlike contacts they may be dead or invented.
    private static final int FIRST_NAMES = 12;

    private static final Endpoint NOWHERE = new Endpoint(IpAddress.v4(0), 0);

    private final ContactTables tables;
    private final Queries queries;
    private final Search.Learned learned;
    private final List<Search> running = new ArrayList<>();
    private boolean expectsOffers = true;

    Searches(ContactTables tables, Queries queries, Search.Learned learned) {
        this.tables = tables;
        this.queries = queries;
        this.learned = learned;
    }

    /// Begins a search with the closest contacts we know, `others` besides.
    Search start(Search.Plan plan, Search.Listener listener, List<Contact> others, Turn turn) {
        boolean v4 = tables.speaksV4();
        boolean v6 = tables.speaksV6();
        var parts = new Search.Parts(tables.selfId(), v4, v6, queries, learned);
        var search = new Search(plan, listener, parts);
        running.removeIf(Search::hasEnded);
        running.add(search);
        var contacts = new ArrayList<>(tables.closest(plan.target(), FIRST_CONTACTS));
        contacts.addAll(others);
        for (var hearsay : tables.hearsay()) {
            contacts.addAll(hearsay.closest(plan.target(), FIRST_NAMES));
        }
        search.start(contacts, turn);
        if (!expectsOffers) {
            search.noMoreOffers(turn);
        }
        return search;
    }

    /// Our tables have been filled at one go: they tell how dense the network is around us, as the
    /// lookup of our own id does when we join.
    void learnDensity() {
        for (var table : tables.all()) {
            var nearest = table.closest(table.selfId(), RoutingTable.BUCKET_SIZE);
            if (nearest.size() == RoutingTable.BUCKET_SIZE) {
                boolean isV4 = nearest.getFirst().endpoint().isV4();
                (isV4 ? learned.v4() : learned.v6()).learn(table.selfId(), nearest);
            }
        }
    }

    /// Offers contacts to every search.
    void offer(List<Contact> contacts, Turn turn) {
        for (var search : List.copyOf(running)) {
            search.offer(contacts, turn);
        }
    }

    /// Says whether contacts may still be offered to all searches. When not, each is offered the
    /// best of our table a last time, and one that runs out of contacts ends.
    void expectOffers(boolean mayCome, Turn turn) {
        expectsOffers = mayCome;
        if (mayCome) {
            return;
        }
        for (var search : List.copyOf(running)) {
            search.offer(tables.closest(search.target(), FIRST_CONTACTS), turn);
            search.noMoreOffers(turn);
        }
    }

    /// Ourselves as a contact that names peers; where we are reached is not for us to know.
    Contact self() {
        return new Contact(tables.selfId(), NOWHERE);
    }

    void expire(Turn turn) {
        if (nextDeadlineNanos() <= turn.nowNanos()) {
            for (var search : List.copyOf(running)) {
                search.expire(turn);
            }
        }
        running.removeIf(Search::hasEnded);
    }

    long nextDeadlineNanos() {
        long deadlineNanos = Long.MAX_VALUE;
        for (var search : running) {
            deadlineNanos = Math.min(deadlineNanos, search.nextDeadlineNanos());
        }
        return deadlineNanos;
    }

    /// Searches that have not ended.
    int size() {
        running.removeIf(Search::hasEnded);
        return running.size();
    }
}
