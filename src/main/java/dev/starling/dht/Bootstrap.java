package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.routing.RoutingTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gets us into the network and back into it: looks up our own id among the contacts we remember,
/// then among those that bootstrap nodes name (BEP 5, "Routing Table").
///
/// We have joined when that lookup ends with at least one contact. Until then whatever any node
/// names is offered to every search, so that nobody waits for the bootstrap to be over.
final class Bootstrap implements Search.Listener {

    /// How long remembered contacts have before bootstrap nodes are bothered as well.
    private static final Duration SAVED_FIRST = Duration.ofMillis(300);

    /// The first of the waits between attempts, each twice the one before; a node on the other side
    /// of the world answers sooner, so a lost packet is made good after this.
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    /// Someone may just have plugged in the network.
    private static final Duration MAX_WAIT = Duration.ofSeconds(15);

    /// Silence for so long is worth telling a person.
    private static final Duration STALLED_AFTER = Duration.ofSeconds(3);

    /// How often a node that has joined looks whether it still knows enough contacts. One that
    /// knows few, because others are joining at this moment, looks sooner at first.
    private static final Duration WATCH = Duration.ofMinutes(1);

    private final ContactTables tables;
    private final Searches searches;
    private final Queries queries;
    private final BootstrapSources sources;
    private final Routers routers = new Routers();
    private final Backoff backoff = new Backoff(FIRST_WAIT, MAX_WAIT);
    private final Runnable onJoined;
    private @Nullable Search ownId;
    private boolean isJoined;
    private boolean owesEvent;
    private boolean hasHeard;
    private long beganNanos;
    private long nextNanos = Long.MAX_VALUE;

    /// @param onJoined called each time our own id has been looked up
    Bootstrap(ContactTables tables, Searches searches, Queries queries, Runnable onJoined) {
        this.tables = tables;
        this.searches = searches;
        this.queries = queries;
        this.onJoined = onJoined;
        this.sources = new BootstrapSources(tables);
    }

    void begin(DhtInput.Bootstrap input, Turn turn) {
        var fresh = sources.add(input);
        owesEvent = true;
        beginAnew(turn);
        searches.offer(contacts(), turn);
        if (sources.saved().isEmpty() && tables.size() == 0) {
            askRouters(fresh.isEmpty() ? sources.routers() : fresh, turn);
            nextNanos = turn.nowNanos() + backoff.nextNanos();
        } else {
            lookUpOwnId(List.of(), turn);
            nextNanos = turn.nowNanos() + SAVED_FIRST.toNanos();
        }
    }

    /// Counts as joined, for the table is filled already, and nothing more is looked for.
    void resume(Turn turn) {
        isJoined = true;
        nextNanos = Math.min(nextNanos, turn.nowNanos() + WATCH.toNanos());
        searches.expectOffers(false, turn);
    }

    boolean isJoined() {
        return isJoined;
    }

    /// Contacts to begin a search with beyond those of the table.
    List<Contact> contacts() {
        return isJoined ? List.of() : sources.saved();
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
            return;
        }
        boolean hasWaited = turn.nowNanos() - beganNanos >= STALLED_AFTER.toNanos();
        if (hasWaited && !hasHeard && sources.count() > 0) {
            turn.emit(new DhtEffect.BootstrapStalled(sources.count()));
        }
        lookUpOwnId(List.of(), turn);
        askRouters(sources.routers(), turn);
        nextNanos = turn.nowNanos() + backoff.nextNanos();
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
        nextNanos = Math.min(nextNanos, turn.nowNanos() + WATCH.toNanos());
        if (owesEvent) {
            owesEvent = false;
            turn.emit(new DhtEffect.Bootstrapped(tables.size()));
        }
        searches.expectOffers(false, turn);
        onJoined.run();
    }

    /// With few contacts we look for more and ask the bootstrap nodes again; with none we begin
    /// anew.
    private void watch(Turn turn) {
        int contacts = tables.size();
        ownId = ownId != null && ownId.hasEnded() ? null : ownId; // for its memory
        nextNanos = turn.nowNanos() + WATCH.toNanos();
        if (contacts >= RoutingTable.BUCKET_SIZE) {
            return;
        }
        if (contacts == 0) {
            isJoined = false;
            beginAnew(turn);
            searches.expectOffers(true, turn);
        }
        long waitNanos = backoff.nextNanos();
        nextNanos =
                turn.nowNanos() + (waitNanos < MAX_WAIT.toNanos() ? waitNanos : WATCH.toNanos());
        lookUpOwnId(List.of(), turn);
        askRouters(sources.routers(), turn);
    }

    private void beginAnew(Turn turn) {
        hasHeard = false;
        beganNanos = turn.nowNanos();
        backoff.reset();
    }

    private void feed(List<Contact> contacts, Turn turn) {
        if (ownId == null || ownId.hasEnded()) {
            lookUpOwnId(contacts, turn);
        }
        searches.offer(contacts, turn);
    }

    /// Looks up our own id, beginning with these contacts besides those of the table.
    void lookUpOwnId(List<Contact> others, Turn turn) {
        if (ownId != null && !ownId.hasEnded()) {
            ownId.offer(sources.saved(), turn);
            return;
        }
        var contacts = new ArrayList<>(contacts());
        contacts.addAll(others);
        var plan = Search.Plan.forNodes(tables.selfId(), Search.Plan.EAGER_ALPHA);
        ownId = searches.start(plan, this, contacts, turn);
        ownId.noMoreOffers(turn);
    }

    private void askRouters(List<Endpoint> endpoints, Turn turn) {
        var question = new Question.FindNode(tables.selfId());
        for (var router : endpoints) {
            queries.ask(question, new Recipient.Router(router), routers, turn);
        }
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
