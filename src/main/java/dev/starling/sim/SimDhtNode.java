package dev.starling.sim;

import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.dht.DhtNode;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// A DHT node of production at one address of the simulated network.
///
/// Every [SimInvariant] is checked after each of its steps. Keeps what it tells, sending aside.
public final class SimDhtNode {

    private final SimWorld world;
    private final Endpoint endpoint;
    private final DhtNode node;
    private final SimSkew skew;
    private final SimLoop<DhtInput, DhtEffect> loop;
    private final Progress progress = new Progress();
    private @Nullable List<DhtEffect> told;
    private @Nullable Consumer<DhtEffect> listener;
    private @Nullable LinkedHashMap<Long, Long> searches;
    private Id knownId;
    private boolean hasJoined;
    private int number;
    private int handles;

    /// What the step under way has done, for the invariants.
    static final class Progress {
        @Nullable Endpoint asker;
        boolean isQuery;
        int answers;
        long tableChanges = -1;
        long instantNanos = -1;
        int stepsAtInstant;
    }

    SimDhtNode(SimWorld world, Endpoint endpoint, DhtNode node, SimSkew skew) {
        this.world = world;
        this.endpoint = endpoint;
        this.node = node;
        this.skew = skew;
        knownId = node.id();
        loop = new SimLoop<>(world.clock(), new Skewed(), this::follow);
        world.network().bind(endpoint, this::receive);
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
        return told == null ? List.of() : List.copyOf(told);
    }

    /// Who hears from now on what it tells, instead of it being kept.
    public void listen(Consumer<DhtEffect> next) {
        listener = next;
    }

    public void bootstrap(List<Contact> saved, List<Endpoint> routers) {
        loop.handle(new DhtInput.Bootstrap(saved, routers));
    }

    /// Looks up the nodes closest to `target`; the handle finds what came of it.
    public long findNode(Id target) {
        long handle = begin();
        loop.handle(new DhtInput.FindNode(handle, target));
        return handle;
    }

    /// Looks up the peers of `infoHash`, and announces where asked.
    public long findPeers(Id infoHash, Optional<DhtInput.Announce> announce) {
        long handle = begin();
        if (announce.isPresent()) {
            world.watch().announces(infoHash, endpoint.address());
        }
        loop.handle(new DhtInput.FindPeers(handle, infoHash, announce));
        return handle;
    }

    /// Gives any other command, made with a new handle; the handle finds what came of it.
    public long command(LongFunction<DhtInput> command) {
        long handle = handles++;
        loop.handle(command.apply(handle));
        return handle;
    }

    /// What has come of a command, of this kind.
    public <E extends DhtEffect.ForCommand> Optional<E> answered(long handle, Class<E> kind) {
        return told().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(effect -> effect.handle() == handle)
                .findFirst();
    }

    public boolean hasJoined() {
        return hasJoined;
    }

    public Optional<DhtEffect.LookupEnded> lookupEnded(long handle) {
        return told(DhtEffect.LookupEnded.class).stream()
                .filter(ended -> ended.handle() == handle)
                .findFirst();
    }

    public Optional<DhtEffect.Announced> announced(long handle) {
        return told(DhtEffect.Announced.class).stream()
                .filter(announced -> announced.handle() == handle)
                .findFirst();
    }

    /// Every peer found by one search so far.
    public List<Endpoint> peersFound(long handle) {
        return told(DhtEffect.PeersFound.class).stream()
                .filter(found -> found.handle() == handle)
                .flatMap(found -> found.peers().stream())
                .toList();
    }

    /// Leaves without a word, as a process that is killed.
    public void stop() {
        loop.stop();
        world.network().unbind(endpoint);
    }

    boolean isStopped() {
        return loop.isStopped();
    }

    /// Counts as joined, with the table it was made with.
    void joined() {
        hasJoined = true;
    }

    int number() {
        return number;
    }

    void number(int next) {
        number = next;
    }

    Progress progress() {
        return progress;
    }

    /// When the longest running search began.
    Optional<Long> oldestSearchNanos() {
        return searches == null || searches.isEmpty()
                ? Optional.empty()
                : Optional.of(searches.firstEntry().getValue());
    }

    private long begin() {
        if (searches == null) {
            searches = new LinkedHashMap<>();
        }
        searches.put((long) handles, world.clock().nowNanos());
        return handles++;
    }

    private <T extends DhtEffect> List<T> told(Class<T> kind) {
        return told == null
                ? List.of()
                : told.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void receive(Endpoint from, ByteBuffer datagram) {
        progress.asker = from;
        progress.isQuery = SimInvariant.mayBeAnswered(datagram);
        loop.handle(new DhtInput.Datagram(from, datagram));
        progress.asker = null;
    }

    private void follow(DhtEffect effect) {
        if (effect instanceof DhtEffect.Send(var to, var datagram)) {
            world.watch().sending(this, to, datagram);
            world.network().send(endpoint, to, datagram);
            return;
        }
        world.watch().telling(this, effect);
        hasJoined |= effect instanceof DhtEffect.Bootstrapped;
        if (effect instanceof DhtEffect.LookupEnded ended && searches != null) {
            searches.remove(ended.handle());
        }
        if (effect instanceof DhtEffect.IdChanged) {
            world.changedId(this, knownId);
            knownId = node.id();
        }
        if (listener != null) {
            listener.accept(effect);
        } else {
            told = told == null ? new ArrayList<>(2) : told;
            told.add(effect);
        }
    }

    /// The node by its own clock; after every step the invariants are checked.
    private final class Skewed implements StateMachine<DhtInput, DhtEffect> {
        @Override
        public void handle(DhtInput input, long nowNanos, Consumer<? super DhtEffect> effects) {
            progress.answers = 0;
            node.handle(input, skew.local(nowNanos), effects);
            world.watch().settled(SimDhtNode.this);
        }

        @Override
        public void expire(long nowNanos, Consumer<? super DhtEffect> effects) {
            progress.answers = 0;
            node.expire(skew.local(nowNanos), effects);
            world.watch().settled(SimDhtNode.this);
        }

        @Override
        public long nextDeadlineNanos() {
            return skew.whenShows(node.nextDeadlineNanos());
        }
    }
}
