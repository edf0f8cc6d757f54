package dev.starling.lookup;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// A whole DHT by formula: nodes with random ids, each with full k-buckets drawn by its seed, so
/// that a hundred thousand of them cost nothing until they are asked.
///
/// A share of the nodes is dead, and dead nodes are as frequent in every table as in the whole. An
/// answer holds the bucket for the target, completed from deeper and then shallower buckets.
/// Round-trip times are log-normal, three nodes in a hundred take one to five seconds. Liars answer
/// with invented contacts, closer to the target than anything and silent.
public final class SyntheticDht {

    public static final int K = 8;

    /// Contacts of its own table a lookup begins with.
    private static final int START = 24;

    private static final int FIRST_ADDRESS = 11 << 24;
    private static final int INVENTED_ADDRESS = 128 << 24;
    private static final double SLOW_SHARE = 0.03;
    private static final double MEDIAN_RTT_MILLIS = 120;
    private static final double SIGMA = 0.6;

    /// What the network is like.
    ///
    /// @param isOmniscient whether every node knows all live ones
    public record Shape(int nodes, double deadShare, double liarShare, boolean isOmniscient) {

        public static Shape honest(int nodes) {
            return new Shape(nodes, 0, 0, false);
        }

        public static Shape omniscient(int nodes) {
            return new Shape(nodes, 0, 0, true);
        }

        /// As the public DHT: one contact in seven is dead.
        public static Shape usual(int nodes) {
            return new Shape(nodes, 0.15, 0, false);
        }
    }

    private final Shape shape;
    private final long seed;
    private final Id[] ids;
    private final Set<Id> sybils;
    private int invented;

    public SyntheticDht(Shape shape, long seed) {
        this(shape, seed, List.of());
    }

    /// @param sybils ids of nodes that answer for targets near them and name their like
    public SyntheticDht(Shape shape, long seed, List<Id> sybils) {
        this.shape = shape;
        this.seed = seed;
        this.sybils = new HashSet<>(sybils);
        var random = new SplittableRandom(seed);
        ids = new Id[shape.nodes + sybils.size()];
        Arrays.setAll(ids, i -> i < shape.nodes ? Id.random(random) : sybils.get(i - shape.nodes));
        Arrays.sort(ids);
    }

    public Contact contact(int node) {
        return new Contact(
                ids[node], new Endpoint(IpAddress.v4(FIRST_ADDRESS + (node << 8)), 6881));
    }

    /// The node at this endpoint, or -1.
    public int nodeAt(Endpoint endpoint) {
        int node = (endpoint.address().v4Bits() - FIRST_ADDRESS) >> 8;
        return node >= 0 && node < ids.length ? node : -1;
    }

    public boolean isLive(int node) {
        return draw(node, 1) >= shape.deadShare || isSybil(node);
    }

    public boolean isLiar(int node) {
        return draw(node, 2) < shape.liarShare && !isSybil(node);
    }

    public boolean isSybil(int node) {
        return sybils.contains(ids[node]);
    }

    private double draw(int node, int purpose) {
        return new SplittableRandom(seed ^ (node * 8L + purpose) * 0x9e3779b97f4a7c15L)
                .nextDouble();
    }

    public long rttNanos(int node, SplittableRandom packet) {
        double millis =
                draw(node, 3) < SLOW_SHARE
                        ? 1_000 - 1_200 * Math.log(1 - 0.97 * draw(node, 4))
                        : medianRtt(node);
        return (long) (millis * 1e6 * (0.9 + 0.3 * packet.nextDouble()));
    }

    private double medianRtt(int node) {
        var random = new SplittableRandom(seed ^ (node * 8L + 5) * 0x9e3779b97f4a7c15L);
        return MEDIAN_RTT_MILLIS * Math.exp(SIGMA * random.nextGaussian());
    }

    /// What `node` answers when asked for `target`.
    public List<Contact> answer(int node, Id target) {
        if (isSybil(node)) {
            return conspiracy(node, target);
        }
        if (isLiar(node)) {
            return inventions(target, K);
        }
        return shape.isOmniscient
                ? truth(target, K)
                : table(ids[node], target, K).stream().map(this::contact).toList();
    }

    /// Half fellow sybils, half nodes that do not exist.
    private List<Contact> conspiracy(int node, Id target) {
        var named = new ArrayList<>(inventions(target, K / 2));
        for (int d = 1; d < 32 && named.size() < K; d++) {
            for (int other : new int[] {node - d, node + d}) {
                if (other >= 0 && other < ids.length && isSybil(other)) {
                    named.add(contact(other));
                }
            }
        }
        return named;
    }

    private List<Contact> inventions(Id target, int count) {
        var lies = new ArrayList<Contact>();
        for (int i = 0; i < count; i++) {
            var id = target.prefixed(120, Id.random(new SplittableRandom(seed ^ ++invented)));
            var address = IpAddress.v4(INVENTED_ADDRESS + ((invented & 0xffff) << 8));
            lies.add(new Contact(id, new Endpoint(address, 6881)));
        }
        return lies;
    }

    /// The live nodes that a node with id `self` knows closest to `target`: its table after a
    /// while.
    List<Contact> known(Id self, Id target) {
        return table(self, target, START).stream().filter(this::isLive).map(this::contact).toList();
    }

    /// The `count` live and honest nodes closest to `target`.
    public List<Contact> truth(Id target, int count) {
        var closest = new ArrayList<Contact>();
        int shared = Id.LENGTH_BITS;
        while (closest.size() < count && shared >= 0) {
            closest.clear();
            shared--;
            for (int i = first(target, shared); i < end(target, shared); i++) {
                if (isLive(i) && !isLiar(i) && !isSybil(i)) {
                    closest.add(contact(i));
                }
            }
            if (shared == 0) {
                break;
            }
        }
        closest.sort(Comparator.comparing(Contact::id, target::compareDistance));
        return closest.subList(0, Math.min(count, closest.size()));
    }

    private List<Integer> table(Id self, Id target, int count) {
        int home = Math.min(self.sharedPrefixBits(target), Id.LENGTH_BITS - 1);
        var nodes = new LinkedHashSet<Integer>();
        addBucket(nodes, self, home, target);
        for (int b = home + 1; b < 64 && nodes.size() < count; b++) {
            addBucket(nodes, self, b, target);
        }
        for (int b = home - 1; b >= 0 && nodes.size() < count; b--) {
            addBucket(nodes, self, b, target);
        }
        return List.copyOf(nodes).subList(0, Math.min(count, nodes.size()));
    }

    /// Adds up to k nodes that share exactly `bits` bits with `self`, those closest to `target`
    /// first.
    private void addBucket(Set<Integer> nodes, Id self, int bits, Id target) {
        var sibling = self.flipped(bits);
        int first = first(sibling, bits + 1);
        int count = end(sibling, bits + 1) - first;
        var drawn = new LinkedHashSet<Integer>();
        var random = new SplittableRandom(seed ^ self.high() * 0x9e3779b97f4a7c15L ^ bits);
        while (drawn.size() < Math.min(K, count)) {
            drawn.add(count <= K ? first + drawn.size() : first + random.nextInt(count));
        }
        drawn.stream()
                .sorted(Comparator.comparing(node -> ids[node], target::compareDistance))
                .forEach(nodes::add);
    }

    /// The first node that shares `bits` bits with `id`.
    private int first(Id id, int bits) {
        return search(id.prefixed(bits, Id.ZERO));
    }

    private int end(Id id, int bits) {
        var ones = new Id(-1, -1, -1);
        int last = search(id.prefixed(bits, ones));
        return last < ids.length && ids[last].equals(id.prefixed(bits, ones)) ? last + 1 : last;
    }

    private int search(Id id) {
        int found = Arrays.binarySearch(ids, id);
        return found >= 0 ? found : -found - 1;
    }
}
