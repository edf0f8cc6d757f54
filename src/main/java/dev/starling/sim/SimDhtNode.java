package dev.starling.sim;

import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.dht.DhtNode;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.machine.StateMachine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    private final SimPeerStore peers;
    private final SimSkew skew;
    private final SimLoop<DhtInput, DhtEffect> loop;
    private final Progress progress = new Progress();
    private @Nullable List<DhtEffect> told;
    private @Nullable LinkedHashMap<Long, Search> searches;
    private Id knownId;
    private final long bornNanos;
    private long joinedNanos = -1;
    private int number;
    private int handles;

    /// A search under way and who hears of it.
    private record Search(long beganNanos, boolean announces, Consumer<DhtEffect> listener) {}

    /// What the step under way has done, for the invariants.
    static final class Progress {
        @Nullable Endpoint asker;
        boolean isQuery;
        int answers;
        long tableChanges = -1;
        long instantNanos = -1;
        int stepsAtInstant;
    }

    SimDhtNode(SimWorld world, SimNursery.Newborn newborn) {
        this.world = world;
        this.endpoint = newborn.endpoint();
        this.node = newborn.node();
        this.peers = newborn.peers();
        this.skew = newborn.clock();
        knownId = node.id();
        bornNanos = world.clock().nowNanos();
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

    public void bootstrap(List<Contact> saved, List<Endpoint> routers) {
        loop.handle(new DhtInput.Bootstrap(saved, routers));
    }

    /// Looks up the nodes closest to `target`; the handle finds what came of it.
    public long findNode(Id target) {
        return findNode(target, this::keep);
    }

    /// Looks up the nodes closest to `target` and tells `listener` what comes of it.
    public long findNode(Id target, Consumer<DhtEffect> listener) {
        long handle = begin(false, listener);
        loop.handle(new DhtInput.FindNode(handle, target));
        return handle;
    }

    /// Looks up the peers of `infoHash`, and announces where asked.
    public long findPeers(Id infoHash, Optional<DhtInput.Announce> announce) {
        return findPeers(infoHash, announce, this::keep);
    }

    /// Looks up the peers of `infoHash` and tells `listener` what comes of it.
    public long findPeers(
            Id infoHash, Optional<DhtInput.Announce> announce, Consumer<DhtEffect> listener) {
        if (announce.isPresent()) {
            world.watch().announces(infoHash, endpoint.address());
        }
        long handle = begin(announce.isPresent(), listener);
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

    /// Whether a peer at `address` has announced itself here.
    public boolean holds(Id infoHash, IpAddress address) {
        return peers.holds(infoHash, address);
    }

    public boolean hasJoined() {
        return joinedNanos >= 0;
    }

    /// How long it took to join; empty until it has.
    public OptionalLong joiningNanos() {
        return hasJoined() ? OptionalLong.of(joinedNanos - bornNanos) : OptionalLong.empty();
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
        joinedNanos = bornNanos;
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
                : Optional.of(searches.firstEntry().getValue().beganNanos());
    }

    private long begin(boolean announces, Consumer<DhtEffect> listener) {
        if (searches == null) {
            searches = new LinkedHashMap<>();
        }
        long handle = handles++;
        searches.put(handle, new Search(world.clock().nowNanos(), announces, listener));
        return handle;
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
        world.watch().telling(this, effect);
        switch (effect) {
            case DhtEffect.Send(var to, var datagram) -> {
                world.watch().sending(this, to, datagram);
                world.network().send(endpoint, to, datagram);
            }
            case DhtEffect.ForCommand answer -> tell(answer);
            case DhtEffect.IdChanged _ -> {
                world.changedId(this, knownId);
                knownId = node.id();
                keep(effect);
            }
            case DhtEffect.Bootstrapped _ -> {
                joinedNanos = world.clock().nowNanos();
                keep(effect);
            }
            case DhtEffect.BootstrapStalled _ -> keep(effect);
        }
    }

    /// Tells whoever began a search; what comes of other commands is kept.
    private void tell(DhtEffect.ForCommand effect) {
        var search = searches == null ? null : searches.get(effect.handle());
        if (searches == null || search == null) {
            keep(effect);
            return;
        }
        boolean isLast =
                search.announces
                        ? effect instanceof DhtEffect.Announced
                        : effect instanceof DhtEffect.LookupEnded;
        if (isLast) {
            searches.remove(effect.handle());
        }
        search.listener.accept(effect);
    }

    private void keep(DhtEffect effect) {
        told = told == null ? new ArrayList<>(2) : told;
        told.add(effect);
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
