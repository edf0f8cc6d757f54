package dev.starling.sim;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.sim.SimConverged.Tables;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
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

    private static final Duration JOIN_EVERY = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final SplittableRandom random;
    private final SimClock clock = new SimClock();
    private final SimNetwork network;
    private final SimWatch watch;
    private final SimNursery nursery;

    /// The nodes that live; the first is everyone's bootstrap node.
    private final SimPopulation nodes = new SimPopulation();

    /// What came of a lookup.
    public record Found(List<Contact> contacts, Duration elapsed, int queries, int timeouts) {}

    private SimWorld(long seed) {
        random = new SplittableRandom(seed);
        network = new SimNetwork(clock, random.split(), SimConditions.perfect(SimLatency.INTERNET));
        watch = new SimWatch(clock, "seed " + seed);
        nursery = new SimNursery(watch, random);
    }

    public static SimWorld seeded(long seed) {
        return new SimWorld(seed);
    }

    /// Where the nodes added from now on live.
    public SimWorld at(SimPlace where) {
        nursery.at(where);
        return this;
    }

    /// Changes what the network does to packets, from now on.
    public SimWorld conditions(SimConditions conditions) {
        network.conditions(conditions);
        return this;
    }

    /// From now on loses this share of all packets.
    public SimWorld losing(double share) {
        network.conditions(network.conditions().losing(share));
        return this;
    }

    /// Nodes added from now on have tables with at most so many contacts in the widest bucket.
    public SimWorld widestBuckets(int size) {
        nursery.widestBucketSize(size);
        return this;
    }

    /// Nodes added from now on have clocks that began anywhere and run too fast or too slow by up
    /// to this share.
    public SimWorld skewed(double share) {
        nursery.skew(share);
        return this;
    }

    /// Nodes added from now on take every contact for what it says, however close to a target: only
    /// to see what the defence of lookups is worth.
    public SimWorld trusting() {
        nursery.trusting();
        return this;
    }

    /// Checks no invariant from now on, where only speed is measured.
    public SimWorld unwatched() {
        watch.off();
        return this;
    }

    /// Adds nodes one after the other and runs until all have joined.
    public SimWorld dhtNodes(int count) {
        if (!join(count)) {
            throw new IllegalStateException("not all have joined within " + PATIENCE);
        }
        return this;
    }

    /// Adds nodes one after the other and waits until all have joined; whether they have, which
    /// some faults do not allow.
    boolean join(int count) {
        var joining = new ArrayDeque<SimDhtNode>(count);
        for (int i = 0; i < count; i++) {
            joining.add(addNode());
            clock.runFor(JOIN_EVERY.toNanos());
        }
        return clock.runUntil(
                () -> {
                    while (!joining.isEmpty() && joining.getFirst().hasJoined()) {
                        joining.removeFirst();
                    }
                    return joining.isEmpty();
                },
                clock.nowNanos() + PATIENCE.toNanos());
    }

    /// Adds nodes that know each other as nodes do some minutes after joining, without a packet.
    public SimWorld converged(int count) {
        return converged(new SimConverged.Plan(count, Tables.JOINED, 0, List.of()));
    }

    public SimWorld converged(SimConverged.Plan plan) {
        new SimConverged(this, nursery).add(plan);
        return this;
    }

    /// Makes `count` nodes that have long lived together, with all these faults; sybils sit around
    /// `target`.
    public SimWorld settled(int count, SimFaults faults, Id target) {
        prepare(faults).converged(count, target);
        return this;
    }

    /// Lets `count` nodes join one by one while packets suffer these faults, and begins the other
    /// faults thereafter.
    public SimWorld joined(int count, SimFaults faults) {
        prepare(faults).joining(count);
        return this;
    }

    private SimSettlement prepare(SimFaults faults) {
        conditions(faults.conditions()).skewed(faults.of(SimFault.SKEW));
        return new SimSettlement(this, nursery, faults, random.split());
    }

    /// Makes this share of the nodes hear nothing from now on; never the bootstrap node.
    public SimWorld silent(double share) {
        int count = (int) Math.round(share * nodes.size());
        for (int i = 0; i < count; i++) {
            network.silence(anyNode().endpoint());
        }
        return this;
    }

    /// From now on replaces each node by a newcomer when its time has come, so that each lives for
    /// `meanLifetime` on average; never the bootstrap node.
    public SimWorld churning(Duration meanLifetime) {
        return churning(new SimSessions.Exponential(meanLifetime));
    }

    public SimWorld churning(SimSessions sessions) {
        new SimChurn(this, sessions, random.split()).begin();
        return this;
    }

    /// Adds one node at an address of its own and lets it begin to join by the bootstrap node.
    public SimDhtNode addNode() {
        return addNode(
                List.of(), nodes.size() == 0 ? List.of() : List.of(bootstrapNode().endpoint()));
    }

    /// Adds one node that begins with these contacts and bootstrap nodes.
    public SimDhtNode addNode(List<Contact> saved, List<Endpoint> routers) {
        var contact = nursery.contact();
        var node = new SimDhtNode(this, nursery.node(contact, nursery.clock(), random.split()));
        nodes.add(node);
        node.bootstrap(saved, routers);
        return node;
    }

    void add(SimDhtNode node) {
        nodes.add(node);
    }

    /// Kills a node.
    public void remove(SimDhtNode node) {
        node.stop();
        nodes.remove(node);
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
        SimDhtNode node;
        do {
            node = nodes.at(1 + random.nextInt(nodes.size() - 1));
        } while (network.isSilent(node.endpoint()));
        return node;
    }

    public SimDhtNode bootstrapNode() {
        return nodes.at(0);
    }

    public List<SimDhtNode> nodes() {
        return nodes.list();
    }

    public int size() {
        return nodes.size();
    }

    /// One of the nodes, from 0, the bootstrap node, to [#size()] - 1.
    public SimDhtNode node(int number) {
        return nodes.at(number);
    }

    /// Checks of invariants made so far.
    public long checks() {
        return watch.checks();
    }

    /// Whether this very node lives here and hears.
    public boolean isLive(Contact contact) {
        return nodes.at(contact.endpoint())
                .filter(node -> node.id().equals(contact.id()))
                .filter(this::hears)
                .isPresent();
    }

    /// The nodes that truly are the closest to `target` of all that live and hear.
    public List<Contact> closestLive(Id target, int count) {
        return closestNodes(target, count).stream().map(SimDhtNode::contact).toList();
    }

    List<SimDhtNode> closestNodes(Id target, int count) {
        return nodes.closest(target, count, this::hears);
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

    SimWatch watch() {
        return watch;
    }

    void changedId(SimDhtNode node, Id before) {
        nodes.changedId(node, before);
    }

    private boolean hears(SimDhtNode node) {
        var endpoint = node.endpoint();
        return !network.isSilent(endpoint) && !network.isBehindNat(endpoint);
    }
}
