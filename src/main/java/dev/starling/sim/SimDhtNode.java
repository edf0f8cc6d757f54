package dev.starling.sim;

import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.dht.DhtNode;
import dev.starling.dht.MemoryPeerStore;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A DHT node of production at one address of the simulated network.
///
/// Checks after every step what must hold of whatever a node sends, and keeps what it tells.
public final class SimDhtNode {

    /// What every path carries unbroken.
    private static final int MAX_DATAGRAM_BYTES = 1_400;

    private final Endpoint endpoint;
    private final SimNetwork network;
    private final DhtNode node;
    private final SimLoop<DhtInput, DhtEffect> loop;
    private final List<DhtEffect> told = new ArrayList<>();
    private boolean hasJoined;
    private long handles;

    SimDhtNode(
            SimClock clock, SimNetwork network, Endpoint endpoint, Id id, RandomGenerator random) {
        this.endpoint = endpoint;
        this.network = network;
        boolean isV4 = endpoint.isV4();
        var settings = new DhtNode.Settings(id, false, isV4, !isV4, 0);
        node = new DhtNode(settings, new MemoryPeerStore(), random);
        loop = new SimLoop<>(clock, node, this::follow);
        network.bind(
                endpoint, (from, datagram) -> loop.handle(new DhtInput.Datagram(from, datagram)));
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public Id id() {
        return node.id();
    }

    public Contact contact() {
        return new Contact(node.id(), endpoint);
    }

    public DhtNode node() {
        return node;
    }

    /// What the node has told so far, sending aside.
    public List<DhtEffect> told() {
        return List.copyOf(told);
    }

    public void bootstrap(List<Contact> saved, List<Endpoint> routers) {
        loop.handle(new DhtInput.Bootstrap(saved, routers));
    }

    /// Looks up the nodes closest to `target`; the handle finds what came of it.
    public long findNode(Id target) {
        long handle = handles++;
        loop.handle(new DhtInput.FindNode(handle, target));
        return handle;
    }

    /// Looks up the peers of `infoHash`, and announces where asked.
    public long findPeers(Id infoHash, Optional<DhtInput.Announce> announce) {
        long handle = handles++;
        loop.handle(new DhtInput.FindPeers(handle, infoHash, announce));
        return handle;
    }

    public boolean hasJoined() {
        return hasJoined;
    }

    public Optional<DhtEffect.LookupEnded> lookupEnded(long handle) {
        return told.stream()
                .filter(DhtEffect.LookupEnded.class::isInstance)
                .map(DhtEffect.LookupEnded.class::cast)
                .filter(ended -> ended.handle() == handle)
                .findFirst();
    }

    public Optional<DhtEffect.Announced> announced(long handle) {
        return told.stream()
                .filter(DhtEffect.Announced.class::isInstance)
                .map(DhtEffect.Announced.class::cast)
                .filter(announced -> announced.handle() == handle)
                .findFirst();
    }

    /// Every peer found by one search so far.
    public List<Endpoint> peersFound(long handle) {
        return told.stream()
                .filter(DhtEffect.PeersFound.class::isInstance)
                .map(DhtEffect.PeersFound.class::cast)
                .filter(found -> found.handle() == handle)
                .flatMap(found -> found.peers().stream())
                .toList();
    }

    /// Leaves without a word, as a process that is killed.
    public void stop() {
        loop.stop();
        network.unbind(endpoint);
    }

    private void follow(DhtEffect effect) {
        if (effect instanceof DhtEffect.Send(var to, var datagram)) {
            if (datagram.remaining() > MAX_DATAGRAM_BYTES) {
                throw new IllegalStateException("a datagram of " + datagram.remaining() + " bytes");
            }
            if (!to.isReachable() || to.equals(endpoint)) {
                throw new IllegalStateException(endpoint + " sends to " + to);
            }
            network.send(endpoint, to, datagram);
        } else {
            hasJoined |= effect instanceof DhtEffect.Bootstrapped;
            told.add(effect);
        }
    }
}
