package dev.starling.sim;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A network of datagrams on virtual time that delays, loses, duplicates and reorders by seed.
///
/// Whatever is delivered enters the [SimTrace], so that the same seed can be seen to give the same
/// run. Confined to one thread.
public final class SimNetwork {

    /// The part of the latency by which a packet may be late at random.
    private static final double JITTER = 0.05;

    /// How many latencies a reordered packet may be late.
    private static final double REORDERED_LATENESS = 3;

    /// What a slow host adds to every packet, there and back: half a second, and up to two more.
    private static final long SLOW_NANOS = Duration.ofMillis(500).toNanos();

    private final SimClock clock;
    private final RandomGenerator random;
    private final SimTrace trace = new SimTrace();
    private final long seed;
    private final Map<Endpoint, Receiver> receivers = new HashMap<>();
    private final Set<Endpoint> silent = new HashSet<>();
    private final Map<Endpoint, SimNat> nats = new HashMap<>();
    private final Map<IpAddress, Integer> sides = new HashMap<>();
    private SimConditions conditions;
    private long sent;
    private long delivered;
    private long deliveredBytes;

    /// Takes a datagram; may keep the buffer.
    public interface Receiver {
        void receive(Endpoint from, ByteBuffer datagram);
    }

    public SimNetwork(SimClock clock, RandomGenerator random, SimConditions conditions) {
        this.clock = clock;
        this.random = random;
        this.conditions = conditions;
        this.seed = random.nextLong();
    }

    /// Changes the conditions for what is sent from now on.
    public void conditions(SimConditions next) {
        conditions = next;
    }

    public SimConditions conditions() {
        return conditions;
    }

    public void bind(Endpoint endpoint, Receiver receiver) {
        if (receivers.putIfAbsent(endpoint, receiver) != null) {
            throw new IllegalStateException(endpoint + " is bound already");
        }
    }

    /// Whatever is sent or on its way to `endpoint` is lost from now on.
    public void unbind(Endpoint endpoint) {
        receivers.remove(endpoint);
        silent.remove(endpoint);
        nats.remove(endpoint);
    }

    public boolean isBound(Endpoint endpoint) {
        return receivers.containsKey(endpoint);
    }

    /// Swallows all that is sent to `endpoint`, as a host behind a strict firewall does.
    public void silence(Endpoint endpoint) {
        silent.add(endpoint);
    }

    public void unsilence(Endpoint endpoint) {
        silent.remove(endpoint);
    }

    public boolean isSilent(Endpoint endpoint) {
        return silent.contains(endpoint);
    }

    /// Puts a router before `endpoint` that lets in only what answers it.
    public void behindNat(Endpoint endpoint) {
        nats.put(endpoint, new SimNat());
    }

    public boolean isBehindNat(Endpoint endpoint) {
        return nats.containsKey(endpoint);
    }

    /// Puts `address` on one side of a partition: packets between different sides are lost. All
    /// begin on side 0.
    public void side(IpAddress address, int side) {
        sides.put(address, side);
    }

    /// On which side of a partition an address is.
    public int side(IpAddress address) {
        return sides.isEmpty() ? 0 : sides.getOrDefault(address, 0);
    }

    /// Ends every partition.
    public void heal() {
        sides.clear();
    }

    /// Sends a copy of the buffer's remaining bytes.
    public void send(Endpoint from, Endpoint to, ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(datagram.position(), bytes);
        sent++;
        var nat = nats.isEmpty() ? null : nats.get(from);
        if (nat != null) {
            nat.sends(to, clock.nowNanos());
        }
        int copies = chance(conditions.duplication()) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long delayNanos = delayNanos(from.address(), to.address());
            if (chance(conditions.reordering())) {
                delayNanos += (long) (delayNanos * random.nextDouble() * REORDERED_LATENESS);
            }
            if (!chance(conditions.loss())) {
                clock.after(delayNanos, () -> deliver(from, to, bytes));
            }
        }
    }

    /// The one-way delay of a packet sent now: the distance of the pair with some jitter.
    public long delayNanos(IpAddress from, IpAddress to) {
        long nanos = distanceNanos(from, to);
        return nanos + (long) (nanos * JITTER * random.nextDouble());
    }

    /// How long a packet takes at least.
    long distanceNanos(IpAddress from, IpAddress to) {
        long one = placeHash(from);
        long other = placeHash(to);
        return conditions.latency().nanos(one, other) + slowness(one) + slowness(other);
    }

    public SimTrace trace() {
        return trace;
    }

    /// Datagrams sent so far.
    public long sent() {
        return sent;
    }

    /// Datagrams that reached a receiver so far.
    public long delivered() {
        return delivered;
    }

    public long deliveredBytes() {
        return deliveredBytes;
    }

    private void deliver(Endpoint from, Endpoint to, byte[] bytes) {
        Receiver receiver = receivers.get(to);
        if (receiver == null || !mayPass(from, to)) {
            return;
        }
        delivered++;
        deliveredBytes += bytes.length;
        trace.add(clock.nowNanos());
        trace.add(from.address().low() << 16 | from.port());
        trace.add(to.address().low() << 16 | to.port());
        trace.add(bytes);
        receiver.receive(from, ByteBuffer.wrap(bytes));
    }

    private boolean mayPass(Endpoint from, Endpoint to) {
        if (silent.contains(to) || side(from.address()) != side(to.address())) {
            return false;
        }
        var nat = nats.isEmpty() ? null : nats.get(to);
        return nat == null || nat.letsIn(from, clock.nowNanos());
    }

    private boolean chance(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    private long placeHash(IpAddress address) {
        return mix(mix(address.high() ^ seed) + address.low());
    }

    private long slowness(long placeHash) {
        double place = (mix(placeHash) >>> 11) * 0x1.0p-53;
        double share = conditions.slowHosts();
        return place < share ? (long) (SLOW_NANOS * (1 + 4 * place / share)) : 0;
    }

    /// Spreads the bits of `value` evenly (the finaliser of SplitMix64, Steele et al. 2014).
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
