package dev.starling.sim;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import java.nio.ByteBuffer;
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

    private final SimClock clock;
    private final RandomGenerator random;
    private final SimTrace trace = new SimTrace();
    private final long latencySeed;
    private final Map<Endpoint, Receiver> receivers = new HashMap<>();
    private final Set<Endpoint> silent = new HashSet<>();
    private final Map<IpAddress, Integer> sides = new HashMap<>();
    private Conditions conditions;
    private long sent;
    private long delivered;

    /// Takes a datagram; may keep the buffer.
    public interface Receiver {
        void receive(Endpoint from, ByteBuffer datagram);
    }

    /// What the network does to packets; each share is a probability from 0 to 1.
    public record Conditions(
            SimLatency latency, double loss, double duplication, double reordering) {
        public Conditions {
            requireShare("loss", loss);
            requireShare("duplication", duplication);
            requireShare("reordering", reordering);
        }

        public static Conditions perfect(SimLatency latency) {
            return new Conditions(latency, 0, 0, 0);
        }

        public Conditions losing(double share) {
            return new Conditions(latency, share, duplication, reordering);
        }

        public Conditions duplicating(double share) {
            return new Conditions(latency, loss, share, reordering);
        }

        public Conditions reordering(double share) {
            return new Conditions(latency, loss, duplication, share);
        }

        private static void requireShare(String name, double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(name + " " + share + " is not in 0..1");
            }
        }
    }

    public SimNetwork(SimClock clock, RandomGenerator random, Conditions conditions) {
        this.clock = clock;
        this.random = random;
        this.conditions = conditions;
        this.latencySeed = random.nextLong();
    }

    /// Changes the conditions for what is sent from now on.
    public void conditions(Conditions next) {
        conditions = next;
    }

    public Conditions conditions() {
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

    /// Puts `address` on one side of a partition: packets between different sides are lost. All
    /// begin on side 0.
    public void side(IpAddress address, int side) {
        sides.put(address, side);
    }

    /// Sends a copy of the buffer's remaining bytes.
    public void send(Endpoint from, Endpoint to, ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(datagram.position(), bytes);
        sent++;
        int copies = chance(conditions.duplication) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long delayNanos = delayNanos(from.address(), to.address());
            if (chance(conditions.reordering)) {
                delayNanos += (long) (delayNanos * random.nextDouble() * REORDERED_LATENESS);
            }
            if (!chance(conditions.loss)) {
                clock.after(delayNanos, () -> deliver(from, to, bytes));
            }
        }
    }

    /// The one-way delay of a packet sent now: the distance of the pair with some jitter.
    public long delayNanos(IpAddress from, IpAddress to) {
        long pair = mix(from.high()) + mix(from.low() ^ 1) + mix(to.high()) + mix(to.low() ^ 1);
        long nanos = conditions.latency.nanos(mix(pair ^ latencySeed));
        return nanos + (long) (nanos * JITTER * random.nextDouble());
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

    private void deliver(Endpoint from, Endpoint to, byte[] bytes) {
        Receiver receiver = receivers.get(to);
        if (receiver == null || silent.contains(to) || side(from) != side(to)) {
            return;
        }
        delivered++;
        trace.add(clock.nowNanos());
        trace.add(from.address().low() << 16 | from.port());
        trace.add(to.address().low() << 16 | to.port());
        trace.add(bytes);
        receiver.receive(from, ByteBuffer.wrap(bytes));
    }

    private int side(Endpoint endpoint) {
        return sides.isEmpty() ? 0 : sides.getOrDefault(endpoint.address(), 0);
    }

    private boolean chance(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    /// Spreads the bits of `value` evenly (the finaliser of SplitMix64, Steele et al. 2014).
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
