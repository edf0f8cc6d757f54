package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.routing.RoutingTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gets us into the network and back into it: looks up our own id among the contacts we remember,
/// then among those that bootstrap nodes name (BEP 5, "Routing Table").
///
/// We have joined when that lookup ends with at least one contact. Until then whatever any node
/// names is offered to every search, so that nobody waits for the bootstrap to be over.
final class Bootstrap implements Search.Listener {

    /// Contacts remembered from earlier runs that are tried.
    static final int MAX_SAVED = 400;

    /// Bootstrap nodes asked; a name resolves to a few addresses.
    static final int MAX_ROUTERS = 64;

    /// How long remembered contacts have before bootstrap nodes are bothered as well.
    private static final Duration SAVED_FIRST = Duration.ofMillis(700);

    /// The first of the waits between attempts, each twice the one before; a lost packet is made
    /// good after this.
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    /// Someone may just have plugged in the network.
    private static final Duration MAX_WAIT = Duration.ofSeconds(15);

    /// Silence for so long is worth telling a person.
    private static final Duration STALLED_AFTER = Duration.ofSeconds(4);

    /// How often a node that has joined looks whether it still knows enough contacts.
    private static final Duration WATCH = Duration.ofMinutes(1);

    private final ContactTables tables;
    private final Searches searches;
    private final Queries queries;
    private final Routers askers;
    private final Set<Contact> saved = new LinkedHashSet<>();
    private final Set<Endpoint> routers = new LinkedHashSet<>();
    private final Runnable onJoined;
    private @Nullable Search ownId;
    private boolean isJoined;
    private boolean owesEvent;
    private boolean hasHeard;
    private long beganNanos;
    private long waitNanos = FIRST_WAIT.toNanos();
    private long nextNanos = Long.MAX_VALUE;

    /// @param onJoined called each time our own id has been looked up
    Bootstrap(ContactTables tables, Searches searches, Queries queries, Runnable onJoined) {
        this.tables = tables;
        this.searches = searches;
        this.queries = queries;
        this.onJoined = onJoined;
        this.askers = new Routers();
    }

    void begin(DhtInput.Bootstrap input, Turn turn) {
        input.saved().stream()
                .filter(contact -> isUsable(contact.endpoint()))
                .limit(MAX_SAVED - saved.size())
                .forEach(saved::add);
        input.routers().stream()
                .filter(this::isUsable)
                .limit(MAX_ROUTERS - routers.size())
                .forEach(routers::add);
        owesEvent = true;
        hasHeard = false;
        beganNanos = turn.nowNanos();
        waitNanos = FIRST_WAIT.toNanos();
        searches.offer(contacts(), turn);
        if (saved.isEmpty() && tables.size() == 0) {
            askRouters(turn);
            nextNanos = turn.nowNanos() + waitNanos;
        } else {
            lookUpOwnId(List.of(), turn);
            nextNanos = turn.nowNanos() + SAVED_FIRST.toNanos();
        }
    }

    boolean isJoined() {
        return isJoined;
    }

    /// Contacts to begin a search with beyond those of the table.
    List<Contact> contacts() {
        return isJoined ? List.of() : List.copyOf(saved);
    }

    /// Any node has answered anything; before we have joined, everybody profits by what it names.
    void heard(Answer answer, Turn turn) {
        hasHeard = true;
        if (!isJoined) {
            var contacts = new ArrayList<>(answer.contacts());
            contacts.add(answer.from());
            feed(contacts, turn);
        }
    }

    /// Looks up our own id anew, since it has changed; the lookup of the old one goes its way.
    void restart(Turn turn) {
        ownId = null;
        lookUpOwnId(List.of(), turn);
    }

    void expire(Turn turn) {
        if (turn.nowNanos() < nextNanos) {
            return;
        }
        if (isJoined) {
            watch(turn);
            nextNanos = turn.nowNanos() + WATCH.toNanos();
            return;
        }
        boolean hasWaited = turn.nowNanos() - beganNanos >= STALLED_AFTER.toNanos();
        int asked = saved.size() + routers.size();
        if (hasWaited && !hasHeard && asked > 0) {
            turn.emit(new DhtEffect.BootstrapStalled(asked));
        }
        lookUpOwnId(List.of(), turn);
        askRouters(turn);
        nextNanos = turn.nowNanos() + waitNanos;
        waitNanos = Math.min(2 * waitNanos, MAX_WAIT.toNanos());
    }

    long nextDeadlineNanos() {
        return nextNanos;
    }

    @Override
    public void answered(Answer answer, Turn turn) {}

    @Override
    public void familyEnded(List<Contact> closest, Turn turn) {
        if (!closest.isEmpty()) {
            joined(turn);
        }
    }

    @Override
    public void ended(Search.Result result, Turn turn) {}

    private void joined(Turn turn) {
        isJoined = true;
        nextNanos = turn.nowNanos() + WATCH.toNanos();
        if (owesEvent) {
            owesEvent = false;
            turn.emit(new DhtEffect.Bootstrapped(tables.size()));
        }
        searches.expectOffers(false, turn);
        onJoined.run();
    }

    /// With few contacts left we ask the bootstrap nodes again; with none we begin anew.
    private void watch(Turn turn) {
        int contacts = tables.size();
        if (contacts == 0) {
            isJoined = false;
            hasHeard = false;
            beganNanos = turn.nowNanos();
            waitNanos = FIRST_WAIT.toNanos();
            searches.expectOffers(true, turn);
            lookUpOwnId(List.of(), turn);
        }
        if (contacts < RoutingTable.BUCKET_SIZE) {
            askRouters(turn);
        }
    }

    private void feed(List<Contact> contacts, Turn turn) {
        if (ownId == null || ownId.hasEnded()) {
            lookUpOwnId(contacts, turn);
        }
        searches.offer(contacts, turn);
    }

    private void lookUpOwnId(List<Contact> others, Turn turn) {
        if (ownId != null && !ownId.hasEnded()) {
            ownId.offer(List.copyOf(saved), turn);
            return;
        }
        var contacts = new ArrayList<>(contacts());
        contacts.addAll(others);
        var plan = Search.Plan.forNodes(tables.selfId(), Search.Plan.EAGER_ALPHA);
        ownId = searches.start(plan, this, contacts, turn);
        ownId.noMoreOffers(turn);
    }

    private void askRouters(Turn turn) {
        var question = new Question.FindNode(tables.selfId());
        for (var router : routers) {
            queries.ask(question, new Recipient.Router(router), askers, turn);
        }
    }

    private boolean isUsable(Endpoint endpoint) {
        return endpoint.isReachable() && tables.speaks(endpoint);
    }

    /// Hears the bootstrap nodes.
    private final class Routers implements Asker {

        /// A public router is no contact of ours; in a private network or where it knows nobody
        /// else, it is a node like any other and may be the only one.
        @Override
        public void answered(Answer answer, Turn turn) {
            hasHeard = true;
            var contacts = new ArrayList<>(answer.contacts());
            contacts.removeIf(contact -> contact.id().equals(tables.selfId()));
            var router = answer.from();
            if (contacts.isEmpty() || router.endpoint().address().isLocal()) {
                tables.of(router.endpoint()).answered(router, answer.rttNanos(), turn.nowNanos());
                contacts.add(router);
            }
            feed(contacts, turn);
        }

        @Override
        public void unanswered(Recipient recipient, Turn turn) {}
    }
}
