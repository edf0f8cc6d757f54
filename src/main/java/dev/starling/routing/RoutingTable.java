package dev.starling.routing;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The contacts one node knows in one address family, in k-buckets around its own id (Kademlia,
/// Maymounkov and Mazieres 2002, section 2.4; BEP 5, "Routing Table").
///
/// Only contacts that have answered us are members of a bucket. Others wait as candidates until
/// [#nextToProbe] names them and they answer; an owner who pings what it names and reports what
/// came of it keeps the table healthy and need not look at any [InsertResult].
///
/// One contact per IP address and few per subnet are kept, because one party cheaply owns many
/// ports and neighbouring addresses; local addresses ([dev.starling.id.IpAddress#isLocal()]) are
/// exempt, so that a private network on one machine just works.
///
/// Confined to its node's thread. Holds at most 160 buckets of 16 contacts and 208 more in the
/// widest four.
public final class RoutingTable {

    /// k, the contacts in one bucket (BEP 5), but for the widest ones.
    public static final int BUCKET_SIZE = 8;

    /// Contacts in the bucket of the far half of the keyspace; the next holds half as many, and so
    /// on down to k. Half of all lookups begin in it: 128 contacts spare them a hop.
    public static final int WIDEST_BUCKET_SIZE = 128;

    private final Id selfId;
    private final RandomGenerator random;
    private final Buckets buckets;
    private final Upkeep upkeep;

    /// The latest time told, by which contacts are called good.
    private long latestNanos;

    private long changes;

    /// @param random chooses what a refresh looks for
    public RoutingTable(Id selfId, RandomGenerator random) {
        this(selfId, WIDEST_BUCKET_SIZE, random);
    }

    /// @param widestBucketSize [#WIDEST_BUCKET_SIZE], or [#BUCKET_SIZE] for a table of half the
    ///   memory
    public RoutingTable(Id selfId, int widestBucketSize, RandomGenerator random) {
        this.selfId = selfId;
        this.random = random;
        buckets = new Buckets(selfId, widestBucketSize);
        upkeep = new Upkeep(buckets);
    }

    public Id selfId() {
        return selfId;
    }

    /// A contact answered a query of ours: it is good.
    ///
    /// An endpoint that answers with another id than before is evicted, and enters under its new id
    /// when it answers once more. A known id that answers from elsewhere is refused while the
    /// contact that had it first is good.
    public InsertResult answered(Contact contact, long rttNanos, long nowNanos) {
        latestNanos = nowNanos;
        if (isImproper(contact)) {
            return new InsertResult.Refused("no other node's contact: " + contact);
        }
        var bucket = buckets.bucketOf(contact.id());
        var known = bucket.find(contact.id());
        if (known != null && known.contact().endpoint().equals(contact.endpoint())) {
            return answeredAgain(known, rttNanos, nowNanos);
        }
        var changed = buckets.atEndpoint(contact);
        if (changed != null) {
            remove(changed, nowNanos);
            if (changed.isVerified()) {
                return new InsertResult.Refused("its id was " + changed.contact().id());
            }
        }
        if (known != null && known.isGood(nowNanos)) {
            return new InsertResult.Refused("its id belongs to " + known.contact().endpoint());
        }
        if (known != null) {
            remove(known, nowNanos);
        }
        var entry = new TableEntry(contact, nowNanos);
        entry.answered(rttNanos, nowNanos);
        return place(entry, nowNanos);
    }

    /// Makes contacts members that were heard of before, at the times given, as far as the rules
    /// about who may be a member allow; for a table that is empty. Takes time in proportion to
    /// their number.
    public void restore(List<ContactState> states) {
        var admission = new Admission();
        for (var state : states) {
            var contact = state.contact();
            int sharedBits = selfId.sharedPrefixBits(contact.id());
            if (!isImproper(contact) && admission.admits(contact, sharedBits)) {
                var entry = new TableEntry(contact, state.lastHeardNanos());
                entry.answered(state.rttNanos(), state.lastHeardNanos());
                upkeep.probeBy(entry.probeNanos());
                buckets.place(entry, state.lastHeardNanos());
                latestNanos = Math.max(latestNanos, state.lastHeardNanos());
            }
        }
        changes++;
    }

    /// A contact asked us something. It becomes or stays good only if it has ever answered us (BEP
    /// 5); otherwise it is at most a candidate worth a ping. The sender of a query may be forged,
    /// so a query evicts nobody.
    public InsertResult queried(Contact contact, long nowNanos) {
        latestNanos = nowNanos;
        if (isImproper(contact)) {
            return new InsertResult.Refused("no other node's contact: " + contact);
        }
        var bucket = buckets.bucketOf(contact.id());
        var known = bucket.find(contact.id());
        if (known != null && !known.contact().endpoint().equals(contact.endpoint())) {
            return new InsertResult.Refused("its id belongs to " + known.contact().endpoint());
        }
        if (known != null) {
            known.queried(nowNanos);
            return known.isVerified() ? InsertResult.REFRESHED : InsertResult.UNVERIFIED;
        }
        if (bucket.members.isFull() && !buckets.maySplit(bucket) && bucket.allGood(nowNanos)) {
            return InsertResult.FULL;
        }
        return await(bucket, contact, nowNanos);
    }

    /// A query of ours to this contact was not answered; whether that has cost it its membership.
    public boolean failed(Contact contact, long nowNanos) {
        latestNanos = nowNanos;
        var bucket = buckets.bucketOf(contact.id());
        var known = bucket.find(contact.id());
        if (known == null || !known.contact().endpoint().equals(contact.endpoint())) {
            return false;
        }
        known.failed(nowNanos);
        bucket.failed();
        boolean isReplaceable = known.isBad() && bucket.hasVerifiedReplacement();
        if (known.isLost() || isReplaceable || !bucket.isMember(known)) {
            boolean wasMember = bucket.isMember(known);
            remove(known, nowNanos);
            return wasMember;
        }
        // A bad member makes room for the candidates of its bucket.
        upkeep.probeBy(known.isBad() ? nowNanos : known.probeNanos());
        return false;
    }

    /// The `count` contacts closest to `target`, closest first, bad ones left out.
    public List<Contact> closest(Id target, int count) {
        var nearest = new Nearest(count);
        closest(target, nearest);
        return nearest.toList();
    }

    /// The same for whoever has a [Nearest] to fill.
    public void closest(Id target, Nearest nearest) {
        buckets.closest(target, nearest);
    }

    /// What is known of the contact at `endpoint`; empty if it is not in the table.
    public Optional<ContactState> state(Endpoint endpoint) {
        for (int b = 0; b < buckets.count(); b++) {
            var members = buckets.at(b).members;
            for (int i = 0; i < members.size(); i++) {
                if (members.at(i).contact().endpoint().equals(endpoint)) {
                    return Optional.of(members.at(i).state(latestNanos));
                }
            }
        }
        return Optional.empty();
    }

    /// The contact least recently heard of among those due for a ping: members that are not good,
    /// and candidates in a bucket with a place for them. Report what came of it by [#answered] or
    /// [#failed]; it is not named again for 30 seconds.
    public Optional<Contact> nextToProbe(long nowNanos) {
        latestNanos = nowNanos;
        return upkeep.nextToProbe(nowNanos);
    }

    /// A random id in the bucket longest unchanged, if one is due for a refresh (15 minutes);
    /// looking it up refreshes the bucket.
    public Optional<Id> nextRefreshTarget(long nowNanos) {
        latestNanos = nowNanos;
        return upkeep.nextRefreshTarget(selfId, random, nowNanos);
    }

    /// When [#nextToProbe] or [#nextRefreshTarget] may have something; perhaps too early.
    public long nextDeadlineNanos() {
        return upkeep.nextDeadlineNanos();
    }

    /// Every member, for saving; good ones first.
    public List<ContactState> contacts() {
        var states = new ArrayList<ContactState>();
        for (int b = 0; b < buckets.count(); b++) {
            var members = buckets.at(b).members;
            for (int i = 0; i < members.size(); i++) {
                states.add(members.at(i).state(latestNanos));
            }
        }
        states.sort((a, b) -> Boolean.compare(b.isGood(), a.isGood()));
        return List.copyOf(states);
    }

    /// How full each bucket is, the widest first.
    public List<BucketFill> fill(long nowNanos) {
        var fill = new ArrayList<BucketFill>(buckets.count());
        for (int b = 0; b < buckets.count(); b++) {
            fill.add(buckets.at(b).fill(b, nowNanos));
        }
        return fill;
    }

    /// The members of all buckets: contacts that have answered.
    public int size() {
        int size = 0;
        for (int b = 0; b < buckets.count(); b++) {
            size += buckets.at(b).members.size();
        }
        return size;
    }

    /// Grows whenever the members may have changed, so that whoever watches a table need not search
    /// it in vain.
    public long changes() {
        return changes;
    }

    /// Every member in the order of the buckets.
    public void forEachMember(Consumer<? super Contact> consumer) {
        for (int b = 0; b < buckets.count(); b++) {
            var members = buckets.at(b).members;
            for (int i = 0; i < members.size(); i++) {
                consumer.accept(members.at(i).contact());
            }
        }
    }

    /// What is known of one contact.
    ///
    /// @param rttNanos round-trip time, smoothed
    /// @param lastHeardNanos when it last answered, or asked us something
    /// @param failures queries unanswered in a row
    public record ContactState(
            Contact contact, long rttNanos, long lastHeardNanos, int failures, boolean isGood) {}

    private boolean isImproper(Contact contact) {
        return contact.id().equals(selfId) || !contact.endpoint().isReachable();
    }

    private InsertResult answeredAgain(TableEntry known, long rttNanos, long nowNanos) {
        var bucket = buckets.bucketOf(known.contact().id());
        boolean wasVerified = known.isVerified();
        known.answered(rttNanos, nowNanos);
        upkeep.probeBy(known.probeNanos());
        if (bucket.isMember(known)) {
            bucket.changed(nowNanos);
            return new InsertResult.Refreshed();
        }
        bucket.waiting.remove(known);
        changes++;
        return wasVerified ? buckets.place(known, nowNanos) : place(known, nowNanos);
    }

    /// Finds a place for a contact that has just answered, unless its network has its share.
    private InsertResult place(TableEntry entry, long nowNanos) {
        var contact = entry.contact();
        var home = buckets.bucketOf(contact.id());
        var objection = Diversity.objection(buckets, home, contact, true);
        if (objection.isPresent()) {
            return new InsertResult.Refused(objection.get());
        }
        upkeep.probeBy(entry.probeNanos());
        changes++;
        return buckets.place(entry, nowNanos);
    }

    /// Keeps a contact that has never answered as a candidate.
    private InsertResult await(Bucket bucket, Contact contact, long nowNanos) {
        var changed = buckets.atEndpoint(contact);
        if (changed != null) {
            changed.suspect(nowNanos);
            upkeep.probeBy(nowNanos);
            return new InsertResult.Refused("its id was " + changed.contact().id());
        }
        var objection = Diversity.objection(buckets, bucket, contact, false);
        if (objection.isPresent()) {
            return new InsertResult.Refused(objection.get());
        }
        bucket.await(new TableEntry(contact, nowNanos));
        upkeep.probeBy(nowNanos);
        return new InsertResult.Unverified();
    }

    private void remove(TableEntry entry, long nowNanos) {
        buckets.remove(entry);
        changes++;
        upkeep.probeBy(nowNanos);
    }
}
