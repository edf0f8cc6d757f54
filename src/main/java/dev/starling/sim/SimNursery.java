package dev.starling.sim;

import dev.starling.dht.Counters;
import dev.starling.dht.DhtNode;
import dev.starling.dht.DhtStores;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.SecureNodeId;
import dev.starling.krpc.KrpcCodec;
import dev.starling.routing.RoutingTable;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Makes the nodes of one world: each at an address of its own, with the id that fits it, and with
/// what all of them may share.
final class SimNursery {

    /// Nodes begin at this moment of the year 2025, so that no wall clock shows the year 1970.
    private static final long EPOCH_MILLIS = 1_750_000_000_000L;

    private final SimWatch watch;
    private final SplittableRandom random;
    private final Set<Endpoint> taken = new HashSet<>();
    private final KrpcCodec codec = new KrpcCodec();
    private final Counters counters = new Counters();
    private SimPlace place = SimPlace.INTERNET;
    private int widestBucketSize = RoutingTable.WIDEST_BUCKET_SIZE;
    private double skew;
    private boolean isTrusting;
    private int made;

    SimNursery(SimWatch watch, SplittableRandom random) {
        this.watch = watch;
        this.random = random;
    }

    void at(SimPlace next) {
        place = next;
    }

    void widestBucketSize(int next) {
        widestBucketSize = next;
    }

    void trusting() {
        isTrusting = true;
    }

    int widestBucketSize() {
        return widestBucketSize;
    }

    void skew(double share) {
        skew = share;
    }

    /// An address where nobody is or was, and an id that fits it.
    Contact contact() {
        Endpoint endpoint;
        do {
            endpoint = place.endpoint(made++, random);
        } while (!taken.add(endpoint));
        var contact = new Contact(SecureNodeId.derive(endpoint.address(), random), endpoint);
        watch.exists(contact);
        return contact;
    }

    SimSkew clock() {
        return skew == 0 ? SimSkew.NONE : SimSkew.random(skew, random);
    }

    /// A node that knows nobody. Uses nothing that changes, so that many may be made at once.
    Newborn node(Contact contact, SimSkew clock, RandomGenerator itsRandom) {
        boolean isV4 = contact.endpoint().isV4();
        long offsetMillis = EPOCH_MILLIS - clock.local(0) / 1_000_000;
        var settings = new DhtNode.Settings(contact.id(), false, isV4, !isV4, offsetMillis);
        var economy = new DhtNode.Economy(codec, counters, widestBucketSize, isTrusting);
        var peers = new SimPeerStore(watch, contact.endpoint());
        var stores = new DhtStores(peers, new SimItemStore());
        var node = new DhtNode(settings, economy, stores, itsRandom);
        return new Newborn(contact.endpoint(), node, peers, clock);
    }

    /// A node of production and what the world has given it.
    record Newborn(Endpoint endpoint, DhtNode node, SimPeerStore peers, SimSkew clock) {}
}
