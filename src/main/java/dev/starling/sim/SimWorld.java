package dev.starling.sim;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.SecureNodeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// A DHT of simulated nodes, made from one seed: the same seed gives the same run, packet for
/// packet.
///
/// ```java
/// var world = SimWorld.seeded(42).dhtNodes(1_000).silent(1.0 / 3);
/// var found = world.lookup(Id.random(world.random()));
/// ```
public final class SimWorld {

    /// Half of real round-trip times as measured in the public DHT: median 120 ms, some very long.
    public static final SimLatency INTERNET = new SimLatency.LogNormal(Duration.ofMillis(60), 0.6);

    private static final Duration JOIN_EVERY = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final SplittableRandom random;
    private final SimClock clock = new SimClock();
    private final SimNetwork network;

    /// The nodes that live, by where they are; the first is everyone's bootstrap node.
    private final Map<Endpoint, SimDhtNode> nodes = new LinkedHashMap<>();

    private final List<Endpoint> silent = new ArrayList<>();
    private SimPlace place = SimPlace.INTERNET;
    private int nodesMade;

    /// What came of a lookup.
    public record Found(List<Contact> contacts, Duration elapsed, int queries, int timeouts) {}

    private SimWorld(long seed) {
        random = new SplittableRandom(seed);
        network = new SimNetwork(clock, random.split(), SimNetwork.Conditions.perfect(INTERNET));
    }

    public static SimWorld seeded(long seed) {
        return new SimWorld(seed);
    }

    /// Where the nodes added from now on live.
    public SimWorld at(SimPlace where) {
        place = where;
        return this;
    }

    /// Changes what the network does to packets, from now on.
    public SimWorld conditions(SimNetwork.Conditions conditions) {
        network.conditions(conditions);
        return this;
    }

    /// From now on loses this share of all packets.
    public SimWorld losing(double share) {
        network.conditions(network.conditions().losing(share));
        return this;
    }

    /// Adds nodes one after the other and runs until all have joined.
    public SimWorld dhtNodes(int count) {
        var joining = new ArrayDeque<SimDhtNode>(count);
        for (int i = 0; i < count; i++) {
            joining.add(addNode());
            clock.runFor(JOIN_EVERY.toNanos());
        }
        runUntil(() -> {
            while (!joining.isEmpty() && joining.getFirst().hasJoined()) {
                joining.removeFirst();
            }
            return joining.isEmpty();
        });
        return this;
    }

    /// Makes this share of the nodes hear nothing from now on; never the bootstrap node.
    public SimWorld silent(double share) {
        int count = (int) Math.round(share * nodes.size());
        for (int i = 0; i < count; i++) {
            var endpoint = anyNode().endpoint();
            network.silence(endpoint);
            silent.add(endpoint);
        }
        return this;
    }

    /// From now on replaces a node by a newcomer again and again, so that each lives for
    /// `meanLifetime` on average.
    public SimWorld churning(Duration meanLifetime) {
        long meanGapNanos = meanLifetime.toNanos() / nodes.size();
        long gapNanos = (long) (-meanGapNanos * StrictMath.log(1 - random.nextDouble()));
        clock.after(
                gapNanos,
                () -> {
                    remove(anyNode());
                    addNode();
                    churning(meanLifetime);
                });
        return this;
    }

    /// Adds one node at an address of its own and lets it begin to join by the bootstrap node.
    public SimDhtNode addNode() {
        return addNode(
                List.of(), nodes.isEmpty() ? List.of() : List.of(bootstrapNode().endpoint()));
    }

    /// Adds one node that begins with these contacts and bootstrap nodes.
    public SimDhtNode addNode(List<Contact> saved, List<Endpoint> routers) {
        var endpoint = freeEndpoint();
        var id = SecureNodeId.derive(endpoint.address(), random);
        var node = new SimDhtNode(clock, network, endpoint, id, random.split());
        nodes.put(endpoint, node);
        node.bootstrap(saved, routers);
        return node;
    }

    /// Kills a node.
    public void remove(SimDhtNode node) {
        node.stop();
        nodes.remove(node.endpoint());
    }

    /// Looks up the nodes closest to `target` from a node chosen at random.
    public Found lookup(Id target) {
        var node = anyNode();
        long startNanos = clock.nowNanos();
        long handle = node.findNode(target);
        runUntil(() -> node.lookupEnded(handle).isPresent());
        var ended = node.lookupEnded(handle).orElseThrow();
        var elapsed = Duration.ofNanos(clock.nowNanos() - startNanos);
        var trace = ended.trace();
        return new Found(ended.closest(), elapsed, trace.queries(), trace.timeouts());
    }

    /// Runs until `done` holds; a world that never gets there is a mistake.
    public void runUntil(BooleanSupplier done) {
        if (!clock.runUntil(done, clock.nowNanos() + PATIENCE.toNanos())) {
            throw new IllegalStateException("not done within " + PATIENCE);
        }
    }

    public void runFor(Duration duration) {
        clock.runFor(duration.toNanos());
    }

    /// A node that hears, chosen at random; never the bootstrap node.
    public SimDhtNode anyNode() {
        var candidates = new ArrayList<>(nodes.values());
        candidates.removeIf(node -> silent.contains(node.endpoint()));
        return candidates.get(1 + random.nextInt(candidates.size() - 1));
    }

    public SimDhtNode bootstrapNode() {
        return nodes.values().iterator().next();
    }

    public List<SimDhtNode> nodes() {
        return List.copyOf(nodes.values());
    }

    /// Whether this very node lives here and hears.
    public boolean isLive(Contact contact) {
        var node = nodes.get(contact.endpoint());
        return node != null
                && node.id().equals(contact.id())
                && !silent.contains(contact.endpoint());
    }

    /// The nodes that truly are the closest to `target` of all that live and hear.
    public List<Contact> closestLive(Id target, int count) {
        return nodes.values().stream()
                .map(SimDhtNode::contact)
                .filter(this::isLive)
                .sorted(Comparator.comparing(Contact::id, target::compareDistance))
                .limit(count)
                .toList();
    }

    public RandomGenerator random() {
        return random;
    }

    public SimClock clock() {
        return clock;
    }

    public SimNetwork network() {
        return network;
    }

    private Endpoint freeEndpoint() {
        Endpoint endpoint;
        do {
            endpoint = place.endpoint(nodesMade++, random);
        } while (nodes.containsKey(endpoint));
        return endpoint;
    }
}
