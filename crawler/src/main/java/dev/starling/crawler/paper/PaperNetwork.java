package dev.starling.crawler.paper;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// The nodes of a DHT on paper: what each of them knows follows from the sorted list of all ids, so
/// a million of them cost nothing but their ids. From one seed.
///
/// Bucket b of a node holds eight, drawn by lot, of those that share exactly b bits with it.
public final class PaperNetwork {

    /// All nodes listen on it, each at an address of its own.
    public static final int PORT = 6881;

    /// Where the nodes are.
    public enum Place {
        /// In 127.0.0.0/8.
        LOOPBACK(0x7f010000, 1),
        /// At public addresses, a few in each /24.
        PUBLIC(0x10000000, 97);

        private final int firstAddress;
        private final int stride;

        Place(int firstAddress, int stride) {
            this.firstAddress = firstAddress;
            this.stride = stride;
        }
    }

    /// As many nodes as loopback has addresses for.
    private static final int MAX_NODES = 0x7e0000;

    private static final int BUCKET = 8;

    /// Beyond this bit no bucket of a network of millions holds anyone.
    private static final int MAX_BITS = 64;

    /// How far around a target, in the order of ids, the closest that live are looked for.
    private static final int NEAR = 64;

    private final long seed;
    private final Place place;
    private final Id[] ids;
    private final boolean[] isDead;
    private final int[] order; // by id: which node
    private final Id[] sorted;
    private final int live;

    /// @param nodes that live
    /// @param deadShare of all contacts
    public PaperNetwork(long seed, int nodes, double deadShare, Place place) {
        this.seed = seed;
        this.place = place;
        live = nodes;
        var random = new SplittableRandom(seed);
        int all = (int) Math.round(nodes / (1 - deadShare));
        if (all > MAX_NODES) {
            throw new IllegalArgumentException(all + " nodes, at most " + MAX_NODES);
        }
        ids = new Id[all];
        isDead = new boolean[all];
        for (int i = 0; i < all; i++) {
            ids[i] = Id.random(random);
        }
        for (int dead = 0; dead < all - nodes; ) {
            int drawn = 1 + random.nextInt(all - 1); // node 0 lives, to begin with
            dead += isDead[drawn] ? 0 : 1;
            isDead[drawn] = true;
        }
        var byId = new Integer[all];
        Arrays.setAll(byId, i -> i);
        Arrays.sort(byId, (a, b) -> ids[a].compareTo(ids[b]));
        order = Arrays.stream(byId).mapToInt(i -> i).toArray();
        sorted = new Id[all];
        Arrays.setAll(sorted, i -> ids[order[i]]);
    }

    /// How many live.
    public int live() {
        return live;
    }

    public Id id(int node) {
        return ids[node];
    }

    public Contact contact(int node) {
        return new Contact(ids[node], endpoint(node));
    }

    public Endpoint endpoint(int node) {
        return new Endpoint(IpAddress.v4(place.firstAddress + place.stride * node), PORT);
    }

    /// The node at an endpoint; negative if there is none.
    public int node(Endpoint endpoint) {
        int distance = endpoint.address().v4Bits() - place.firstAddress;
        int node = distance / place.stride;
        boolean isThere = distance >= 0 && node < ids.length && distance % place.stride == 0;
        return isThere && endpoint.port() == PORT ? node : -1;
    }

    public boolean isDead(int node) {
        return isDead[node];
    }

    /// The eight contacts that `node` names for `target`.
    public List<Contact> closest(int node, Id target) {
        var own = ids[node];
        int shared = Math.min(own.sharedPrefixBits(target), MAX_BITS - 1);
        var found = bucket(node, shared);
        for (int bit = shared + 1; bit < MAX_BITS && found.size() < BUCKET; bit++) {
            found.addAll(bucket(node, bit));
        }
        for (int bit = shared - 1; bit >= 0 && found.size() < BUCKET; bit--) {
            found.addAll(bucket(node, bit));
        }
        found.sort((a, b) -> target.compareDistance(ids[a], ids[b]));
        return found.stream().limit(BUCKET).map(this::contact).toList();
    }

    private List<Integer> bucket(int node, int bit) {
        var side = ids[node].flipped(bit);
        int from = position(side.prefixed(bit + 1, Id.ZERO));
        int end = position(side.prefixed(bit + 1, new Id(-1, -1, -1)));
        var found = new ArrayList<Integer>();
        if (end - from <= BUCKET) {
            for (int at = from; at < end; at++) {
                found.add(order[at]);
            }
            return found;
        }
        var lot = new SplittableRandom(seed ^ node * 0x9e3779b97f4a7c15L ^ (long) bit << 48);
        while (found.size() < BUCKET) {
            int drawn = order[from + lot.nextInt(end - from)];
            if (!found.contains(drawn)) {
                found.add(drawn);
            }
        }
        return found;
    }

    /// The eight living nodes closest to `target`: who holds what is announced there.
    List<Integer> closestLive(Id target) {
        int at = position(target);
        var near = new ArrayList<Integer>();
        for (int i = Math.max(0, at - NEAR); i < Math.min(order.length, at + NEAR); i++) {
            if (!isDead[order[i]]) {
                near.add(order[i]);
            }
        }
        near.sort((a, b) -> target.compareDistance(ids[a], ids[b]));
        return near.subList(0, Math.min(BUCKET, near.size()));
    }

    /// How many ids are smaller.
    private int position(Id id) {
        int at = Arrays.binarySearch(sorted, id);
        return at < 0 ? -at - 1 : at;
    }
}
