package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcError;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import dev.starling.lookup.Density;
import dev.starling.lookup.RoundTripTimes;
import dev.starling.machine.StateMachine;
import dev.starling.routing.RoutingTable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A node of the Mainline DHT (BEP 5, 32, 33, 42, 43, 44, 51).
///
/// This class only hands each input to whose business it is: [Answering] answers others, [Replies]
/// takes the answers to our own [Queries], [Commands] does what our owner asks, [Bootstrap] finds
/// the network and [Upkeep] keeps the tables. Bounded in memory whatever comes: pending queries,
/// searches, tables, peers and rate limits each have their bound.
public final class DhtNode implements StateMachine<DhtInput, DhtEffect> {

    /// Peers of our own store handed to one search, of either family; as many as four nodes name.
    private static final int MAX_LOCAL_PEERS = 200;

    private final Settings settings;
    private final PeerStore peers;
    private final ItemStore items;
    private final RandomGenerator random;
    private final WallClock wallClock;
    private final KrpcCodec codec;
    private final ContactTables tables;
    private final Queries queries;
    private final Searches searches;
    private final Bootstrap bootstrap;
    private final Replies replies;
    private final Upkeep upkeep;
    private final Explorer explorer;
    private final LostContacts lost;
    private final RingKeeper ringKeeper;
    private final Commands commands = new Commands();
    private final Answering answering;
    private final Shedding shedding;
    private final Counters counters;

    /// Made for the first query that comes this way; simulated nodes do without its buffers.
    private @Nullable QuickAnswers quick;

    private DhtBounds bounds = DhtBounds.DEFAULT;

    /// Whether the datagram that comes next as an input has come by [#answer] before.
    private boolean isWeighed;

    /// What a node is told at birth.
    ///
    /// @param id our id; replaced when the external address demands another (BEP 42)
    /// @param readOnly BEP 43: answer nobody, say `ro`
    /// @param v4 whether an IPv4 socket exists
    /// @param v6 whether an IPv6 socket exists
    /// @param wallClockOffsetMillis wall-clock milliseconds at `nowNanos` 0, for what outlives us
    /// @param explores whether to gather names all over the keyspace, which makes our own lookups
    ///   faster and takes up to 2.5 MB a family
    /// @param ringContacts contacts kept beside the tables to tell newcomers of, as a bootstrap
    ///   node does; 30 bytes each
    public record Settings(
            Id id,
            boolean readOnly,
            boolean v4,
            boolean v6,
            long wallClockOffsetMillis,
            boolean explores,
            int ringContacts) {

        /// The most contacts a ring may hold.
        public static final int MAX_RING_CONTACTS = ContactRing.MAX_CONTACTS;

        /// A node that does not explore and keeps no ring.
        public Settings(
                Id id, boolean readOnly, boolean v4, boolean v6, long wallClockOffsetMillis) {
            this(id, readOnly, v4, v6, wallClockOffsetMillis, false, 0);
        }

        public Settings {
            if (!v4 && !v6) {
                throw new IllegalArgumentException("a node needs a socket of either family");
            }
            if (ringContacts < 0 || ringContacts > MAX_RING_CONTACTS) {
                throw new IllegalArgumentException(
                        ringContacts + " contacts, limit " + MAX_RING_CONTACTS);
            }
        }
    }

    /// What a node need not have for itself alone, so that a million fit into one process.
    ///
    /// @param codec of all nodes that are confined to one thread
    /// @param counters of all of them too
    /// @param widestBucketSize as of [RoutingTable]
    /// @param isTrusting whether lookups take every contact for what it says; only the simulator
    ///   has such nodes, to compare
    public record Economy(
            KrpcCodec codec, Counters counters, int widestBucketSize, boolean isTrusting) {

        /// A codec and counters of its own and the table that lookups like best.
        public static Economy none() {
            return counted(new Counters());
        }

        /// The same for a node whose counters are others' too.
        public static Economy counted(Counters counters) {
            return new Economy(new KrpcCodec(), counters, RoutingTable.WIDEST_BUCKET_SIZE, false);
        }
    }

    /// A node that keeps stored items in memory.
    public DhtNode(Settings settings, PeerStore peers, RandomGenerator random) {
        this(settings, Economy.none(), peers, random);
    }

    /// A node that keeps stored items in memory.
    public DhtNode(Settings settings, Economy economy, PeerStore peers, RandomGenerator random) {
        this(settings, economy, new DhtStores(peers, new MemoryItemStore()), random);
    }

    /// @param random makes transaction ids and tokens, so outside of tests it must not be
    ///   predictable
    public DhtNode(Settings settings, Economy economy, DhtStores stores, RandomGenerator random) {
        this.settings = settings;
        this.peers = stores.peers();
        items = stores.items();
        this.random = random;
        wallClock = new WallClock(settings.wallClockOffsetMillis());
        codec = economy.codec();
        counters = economy.counters();
        tables = new ContactTables(settings, economy.widestBucketSize(), random);
        var times = new RoundTripTimes();
        var transactions = new Transactions(random);
        var outlet = new Outlet(codec, counters);
        queries = new Queries(tables, transactions, outlet, settings.readOnly());
        searches = new Searches(tables, queries, learned(times, economy));
        var refresh = new Refresh(tables, searches, random);
        bootstrap = new Bootstrap(tables, searches, queries, refresh::fill);
        var identity = new Identity(tables, random);
        explorer = new Explorer(tables, queries, random, settings.explores());
        ringKeeper = new RingKeeper(tables.ring(), queries);
        lost = new LostContacts(tables, queries, random, bootstrap::lookUpOwnId);
        var listeners = new Replies.Listeners(times, identity, bootstrap, explorer, lost, counters);
        replies = new Replies(transactions, tables, listeners);
        var work = new Upkeep.Work(new Probing(tables, queries), refresh, stores);
        upkeep = new Upkeep(tables, work, wallClock);
        var responder = new QueryResponder(tables, stores, wallClock, random);
        var limits = Answering.Limits.random(random);
        answering = new Answering(tables, responder, outlet, limits);
        shedding = new Shedding(new Acquaintances(tables, transactions, limits.guard()));
    }

    private static Search.Learned learned(RoundTripTimes times, Economy economy) {
        var density = economy.isTrusting() ? Density.Mode.TRUSTING : Density.Mode.WARY;
        return new Search.Learned(times, new Density(density), new Density(density));
    }

    @Override
    public void handle(DhtInput input, long nowNanos, Consumer<? super DhtEffect> effects) {
        var turn = new Turn(nowNanos, effects);
        switch (input) {
            case DhtInput.Datagram(var from, var payload) -> receive(from, payload, turn);
            case DhtInput.Bootstrap begin -> bootstrap.begin(begin, turn);
            case DhtInput.Resume(var contacts) -> {
                tables.restore(contacts);
                searches.learnDensity();
                bootstrap.resume(turn);
            }
            case DhtInput.FindPeers find -> {
                var parts = new PeerSearch.Parts(this::localPeers, searches, bootstrap, queries);
                commands.add(find.handle(), new PeerSearch(find, parts), turn);
            }
            case DhtInput.FindNode find ->
                    commands.add(find.handle(), new NodeSearch(find, searches, bootstrap), turn);
            case DhtInput.Ping ping ->
                    commands.add(ping.handle(), new PingCommand(ping, queries), turn);
            case DhtInput.Bound(var newBounds) -> hold(newBounds);
            case DhtInput.GetItem get ->
                    commands.add(get.handle(), new ItemSearch(get, searches, bootstrap), turn);
            case DhtInput.PutItem put -> {
                var parts = new ItemPut.Parts(searches, bootstrap, queries);
                commands.add(put.handle(), new ItemPut(put, parts), turn);
            }
            case DhtInput.Scrape scrape ->
                    commands.add(
                            scrape.handle(), new SwarmCount(scrape, searches, bootstrap), turn);
            case DhtInput.Sample sample ->
                    commands.add(sample.handle(), new SampleCommand(sample, queries), turn);
            case DhtInput.Cancel(long handle) -> commands.cancel(handle, turn);
        }
    }

    /// Answers a common query at once, for whoever would rather make no objects; false where
    /// `datagram` is nothing of the kind and has to come as [DhtInput.Datagram]. What comes of it
    /// is the same.
    public boolean answer(Endpoint from, ByteBuffer datagram, long nowNanos, Outgoing outgoing) {
        if (isShed(from, datagram, nowNanos)) {
            return true;
        }
        isWeighed = settings.readOnly() || !quick().answer(from, datagram, nowNanos, outgoing);
        return !isWeighed;
    }

    private QuickAnswers quick() {
        quick = quick == null ? answering.quick() : quick;
        return quick;
    }

    /// Whether there is no time even to read it.
    private boolean isShed(Endpoint from, ByteBuffer datagram, long nowNanos) {
        boolean isShed = !isWeighed && shedding.drops(from.address(), nowNanos);
        isWeighed = false;
        if (isShed) {
            counters.received(datagram.remaining());
            counters.shed();
        }
        return isShed;
    }

    /// Takes an answer; `datagram` is a view of the node's own buffer, valid only during the call.
    public interface Outgoing {
        void send(Endpoint to, ByteBuffer datagram);
    }

    @Override
    public void expire(long nowNanos, Consumer<? super DhtEffect> effects) {
        var turn = new Turn(nowNanos, effects);
        replies.expire(turn);
        searches.expire(turn);
        commands.expire(turn);
        bootstrap.expire(turn);
        upkeep.expire(turn);
        explorer.expire(turn);
        lost.expire(turn);
        ringKeeper.expire(turn);
    }

    @Override
    public long nextDeadlineNanos() {
        long deadlineNanos = Math.min(replies.nextDeadlineNanos(), searches.nextDeadlineNanos());
        deadlineNanos = Math.min(deadlineNanos, commands.nextDeadlineNanos());
        deadlineNanos = Math.min(deadlineNanos, explorer.nextDeadlineNanos());
        deadlineNanos = Math.min(deadlineNanos, bootstrap.nextDeadlineNanos());
        deadlineNanos = Math.min(deadlineNanos, lost.nextDeadlineNanos());
        deadlineNanos = Math.min(deadlineNanos, ringKeeper.nextDeadlineNanos());
        return Math.min(deadlineNanos, upkeep.nextDeadlineNanos());
    }

    public Id id() {
        return tables.selfId();
    }

    /// What this node has done so far and holds now.
    public DhtStats stats(long nowNanos) {
        var stored = new DhtStats.Stored(peers.peers(), peers.infoHashes(), items.items());
        var fill = tables.fill(nowNanos);
        return new DhtStats(
                id(),
                counters.served(),
                counters.asked(),
                fill,
                ringKeeper.stats(),
                stored,
                bounds);
    }

    /// Contacts of both families, for saving; of each family the good ones first.
    public List<RoutingTable.ContactState> contacts() {
        return tables.contacts();
    }

    /// The tables of the families we speak, to be read only.
    public List<RoutingTable> tables() {
        return tables.all();
    }

    /// The closest known contacts to `target` of both families, `count` of each.
    public List<Contact> closest(Id target, int count) {
        return tables.closest(target, count);
    }

    private void hold(DhtBounds newBounds) {
        bounds = newBounds;
        answering.limit(newBounds);
        peers.limit(newBounds.maxPeers());
    }

    private void receive(Endpoint from, ByteBuffer payload, Turn turn) {
        if (isShed(from, payload, turn.nowNanos())) {
            return;
        }
        counters.received(payload.remaining());
        if (!from.isReachable() || !tables.speaks(from)) {
            return; // nothing could be answered
        }
        switch (codec.decode(payload)) {
            case KrpcCodec.Message(KrpcQuery query) -> {
                if (!settings.readOnly()) {
                    answering.answer(query, from, payload.remaining(), turn);
                }
            }
            case KrpcCodec.Message(KrpcResponse response) -> replies.take(response, from, turn);
            case KrpcCodec.Message(KrpcError error) -> replies.take(error, from, turn);
            case KrpcCodec.Undecodable(_, var error) -> {
                counters.malformed();
                if (!settings.readOnly() && error.isPresent()) {
                    answering.refuse(error.get(), from, payload.remaining(), turn);
                }
            }
        }
    }

    /// Peers that announced themselves to us count as found.
    private List<Endpoint> localPeers(Id infoHash, long nowNanos) {
        var circumstances = new PeerStore.PeerQuery(wallClock.millis(nowNanos), random);
        var found = new ArrayList<Endpoint>();
        if (settings.v4()) {
            found.addAll(peers.peers(infoHash, true, MAX_LOCAL_PEERS, false, circumstances));
        }
        if (settings.v6()) {
            found.addAll(peers.peers(infoHash, false, MAX_LOCAL_PEERS, false, circumstances));
        }
        return found;
    }
}
