package dev.starling.runtime;

import dev.starling.bencode.ByteString;
import dev.starling.dht.Counters;
import dev.starling.dht.DhtBounds;
import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.dht.DhtNode;
import dev.starling.dht.DhtStats;
import dev.starling.dht.DhtStores;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.net.ListenAddresses;
import dev.starling.net.MachineLoop;
import dev.starling.net.NetLoop;
import dev.starling.net.Transport;
import dev.starling.routing.RoutingTable.ContactState;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A DHT node on real sockets. Thread-safe; the machine runs on one loop.
public final class DhtService implements AutoCloseable {

    /// How to run it.
    ///
    /// @param listen addresses to bind, one socket each; empty for all addresses of both families.
    ///   The first of each family are one node, the second of each another, and so on (BEP 45)
    /// @param port UDP port, 0 for any free one
    /// @param bootstrap `host:port` of bootstrap nodes; empty for the first node of a network
    /// @param readOnly BEP 43
    /// @param ringContacts contacts kept beside the table to tell newcomers of, as a bootstrap node
    ///   does
    public record Options(
            List<String> listen,
            int port,
            List<String> bootstrap,
            boolean readOnly,
            int ringContacts) {
        /// dht.libtorrent.org:25401, router.bittorrent.com:6881, dht.transmissionbt.com:6881,
        /// router.utorrent.com:6881.
        public static final List<String> PUBLIC_ROUTERS =
                List.of(
                        "dht.libtorrent.org:25401",
                        "router.bittorrent.com:6881",
                        "dht.transmissionbt.com:6881",
                        "router.utorrent.com:6881");

        /// A node that is no bootstrap node.
        public Options(List<String> listen, int port, List<String> bootstrap, boolean readOnly) {
            this(listen, port, bootstrap, readOnly, 0);
        }

        public Options {
            listen = List.copyOf(listen);
            bootstrap = List.copyOf(bootstrap);
        }
    }

    /// A lookup under way.
    public interface PeerSearch extends AutoCloseable {
        /// Gives the search up; nothing more is heard of it.
        @Override
        void close();
    }

    /// An answer to a ping.
    public record Pong(Contact contact, Duration roundTrip) {}

    private static final Logger LOG = LoggerFactory.getLogger(DhtService.class);

    private final boolean isReadOnly;
    private final Stores stores;
    private final DhtListener listener;
    private final NetLoop loop = NetLoop.start("starling-dht", Transport.best());
    private final DhtNode node;
    private final MachineLoop<DhtInput, DhtEffect> machine;
    private final DhtSockets sockets;
    private final DhtCommands commands;
    private final DhtMembers members;
    private final Routers routers;
    private final ContactSaving saving;
    private volatile DhtHealth health = DhtHealth.STARTING;
    private volatile boolean isClosed;

    private DhtService(Options options, Stores stores, DhtListener listener) throws IOException {
        this.isReadOnly = options.readOnly();
        this.stores = stores;
        this.listener = listener;
        List<List<Endpoint>> nodes;
        try {
            nodes = DhtMember.nodesOf(ListenAddresses.of(options.listen(), options.port()));
            sockets = DhtSockets.bind(loop, nodes.getFirst());
        } catch (IOException e) {
            loop.close();
            throw e;
        }
        var random = new SecureRandom();
        var id = stores.nodeId().orElseGet(() -> Id.random(random));
        var settings =
                new DhtNode.Settings(
                        id,
                        options.readOnly(),
                        sockets.hasV4(),
                        sockets.hasV6(),
                        System.currentTimeMillis() - NetLoop.nowNanos() / 1_000_000,
                        true,
                        options.ringContacts());
        var kept = new DhtStores(stores.peers(), stores.items());
        var shared = new SharedState(kept, new Counters());
        node = new DhtNode(settings, shared.economy(), kept, random);
        machine = new MachineLoop<>(loop, node, this::follow, this::broken);
        commands = new DhtCommands(machine);
        try {
            var others = nodes.subList(1, nodes.size());
            members = new DhtMembers(loop, others, settings, shared, random);
        } catch (IOException e) {
            sockets.close();
            loop.close();
            throw e;
        }
        routers = new Routers(this::routersFound);
        saving = new ContactSaving(stores, this::contacts);
    }

    /// Binds the sockets, starts the node and begins to bootstrap from saved contacts and routers.
    ///
    /// @throws IOException if a port is taken or an address is not ours, saying which
    public static DhtService start(Options options, Stores stores, DhtListener listener)
            throws IOException {
        var service = new DhtService(options, stores, listener);
        service.begin(options.bootstrap());
        return service;
    }

    private void begin(List<String> bootstrap) {
        stores.saveNodeId(node.id());
        sockets.receive(new DhtReceiver(machine, node, stores.peers(), sockets));
        var saved = stores.contacts();
        if (!saved.isEmpty()) {
            machine.post(new DhtInput.Bootstrap(saved, List.of()));
        }
        members.begin(saved, sockets.addresses());
        bootstrap(bootstrap);
        saving.begin();
    }

    public Id id() {
        return loop.ask(node::id).orElseGet(node::id);
    }

    /// The endpoints bound.
    public List<Endpoint> addresses() {
        var addresses = new ArrayList<>(sockets.addresses());
        addresses.addAll(members.addresses());
        return List.copyOf(addresses);
    }

    /// Contacts in the table now.
    public int contactCount() {
        return contacts().size();
    }

    /// Gives the node another `host:port` to bootstrap from.
    public void bootstrap(List<String> hosts) {
        routers.add(hosts);
    }

    /// Looks for peers, and announces where asked; `listener` hears [dev.starling.dht.DhtEffect] of
    /// this search only, on the DHT's loop.
    public PeerSearch findPeers(
            Id infoHash, Optional<DhtInput.Announce> announce, DhtListener listener) {
        long handle =
                commands.begin(
                        number -> new DhtInput.FindPeers(number, infoHash, announce),
                        announce.isPresent()
                                ? DhtCommands.Until.ANNOUNCED
                                : DhtCommands.Until.ENDED,
                        listener);
        return () -> commands.cancel(handle);
    }

    public CompletableFuture<DhtEffect.LookupEnded> findNode(Id target) {
        return commands.ask(
                number -> new DhtInput.FindNode(number, target), DhtEffect.LookupEnded.class);
    }

    /// The answering contact and the round-trip time; empty when unanswered.
    public CompletableFuture<Optional<Pong>> ping(Endpoint endpoint) {
        return commands.ask(
                        number -> new DhtInput.Ping(number, endpoint), DhtEffect.ForCommand.class)
                .thenApply(DhtService::pong);
    }

    private static Optional<Pong> pong(DhtEffect answer) {
        return answer instanceof DhtEffect.Ponged(_, var contact, long rttNanos)
                ? Optional.of(new Pong(contact, Duration.ofNanos(rttNanos)))
                : Optional.empty();
    }

    /// Looks for an item (BEP 44).
    ///
    /// @param salt of a mutable item, else empty
    public CompletableFuture<DhtEffect.ItemSearchEnded> findItem(Id target, ByteString salt) {
        return commands.ask(
                number -> new DhtInput.GetItem(number, target, salt),
                DhtEffect.ItemSearchEnded.class);
    }

    /// Stores an item with the nodes closest to it (BEP 44).
    ///
    /// @param cas the number of the version it replaces
    public CompletableFuture<DhtEffect.ItemPut> putItem(Item item, OptionalLong cas) {
        return commands.ask(
                number -> new DhtInput.PutItem(number, item, cas), DhtEffect.ItemPut.class);
    }

    /// Counts a swarm (BEP 33).
    public CompletableFuture<DhtEffect.Scraped> scrape(Id infoHash) {
        return commands.ask(
                number -> new DhtInput.Scrape(number, infoHash), DhtEffect.Scraped.class);
    }

    /// Asks a node for some of its infohashes (BEP 51).
    public CompletableFuture<DhtEffect.Sampled> sample(Endpoint endpoint, Id target) {
        return commands.ask(
                number -> new DhtInput.Sample(number, endpoint, target), DhtEffect.Sampled.class);
    }

    /// Makes the acquaintance of a node that a peer has told of.
    void meet(Endpoint endpoint) {
        if (endpoint.isReachable()) {
            var _ = ping(endpoint);
        }
    }

    /// The port that peers may be told of; empty for a node that answers nobody.
    OptionalInt publicPort() {
        return isReadOnly
                ? OptionalInt.empty()
                : OptionalInt.of(sockets.addresses().getFirst().port());
    }

    /// How the node gets on.
    public DhtHealth health() {
        return health.unresolved(routers.unresolved());
    }

    /// Whether every socket is open.
    public boolean isListening() {
        return sockets.areOpen() && members.areListening();
    }

    /// What the node has done and what it holds; of several nodes the counts are of all, id and
    /// tables of the first. Empty when it does not answer within two seconds.
    public Optional<DhtStats> stats() {
        return loop.ask(() -> node.stats(NetLoop.nowNanos()));
    }

    /// Has the node hold to these bounds from now on.
    public void bounds(DhtBounds bounds) {
        machine.post(new DhtInput.Bound(bounds));
        members.post(new DhtInput.Bound(bounds));
    }

    /// Saves contacts and closes the sockets, within a second.
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        routers.close();
        saving.close();
        members.close();
        loop.execute(machine::stop);
        sockets.close();
        loop.close();
    }

    private List<Contact> contacts() {
        return loop.ask(node::contacts).orElse(List.of()).stream()
                .map(ContactState::contact)
                .toList();
    }

    private void routersFound(List<Endpoint> endpoints) {
        if (endpoints.isEmpty()) {
            follow(new DhtEffect.BootstrapStalled(0));
            listener.hostsUnknown(routers.unresolved());
        } else {
            machine.post(new DhtInput.Bootstrap(List.of(), endpoints));
            members.bootstrap(endpoints);
        }
    }

    private void follow(DhtEffect effect) {
        switch (effect) {
            case DhtEffect.Send(var to, var datagram) -> sockets.send(to, datagram);
            case DhtEffect.Bootstrapped(int contacts) -> {
                health = health.joined();
                LOG.info("joined the DHT: contacts={}", contacts);
                listener.told(effect);
            }
            case DhtEffect.BootstrapStalled(int asked) -> {
                health = health.stalled(asked);
                listener.told(effect);
            }
            case DhtEffect.IdChanged(var id, var external) -> {
                LOG.info("node id fits our address now: id={} address={}", id, external);
                Upkeep.run(() -> stores.saveNodeId(id));
                listener.told(effect);
            }
            case DhtEffect.ForCommand answer -> commands.told(answer);
        }
    }

    private void broken(RuntimeException mistake) {
        LOG.error("the DHT node has stopped by a mistake of its own", mistake);
        health = health.broken();
    }
}
