package dev.starling.routing;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The buckets of a table, widest first. Bucket i holds contacts that share exactly i leading bits
/// with our id; the last holds all that share more and is the only one to split (BEP 5, "Routing
/// Table").
final class Buckets {

    private final Id selfId;
    private final int widest;
    private final List<Bucket> buckets = new ArrayList<>();

    /// @param widest how many members the farthest bucket may have; each nearer one half of that,
    ///   but never fewer than k
    Buckets(Id selfId, int widest) {
        this.selfId = selfId;
        this.widest = widest;
        buckets.add(new Bucket(RoutingTable.BUCKET_SIZE));
    }

    int count() {
        return buckets.size();
    }

    Bucket at(int index) {
        return buckets.get(index);
    }

    Bucket bucketOf(Id id) {
        return buckets.get(Math.min(selfId.sharedPrefixBits(id), buckets.size() - 1));
    }

    /// Whether `bucket` would rather split than refuse a contact.
    boolean maySplit(Bucket bucket) {
        return bucket == buckets.getLast() && buckets.size() < Id.LENGTH_BITS;
    }

    /// The entry at exactly the endpoint of `contact`, whatever its id.
    @Nullable TableEntry atEndpoint(Contact contact) {
        for (var bucket : buckets) {
            for (int i = 0; i < bucket.count(); i++) {
                if (bucket.at(i).contact().endpoint().equals(contact.endpoint())) {
                    return bucket.at(i);
                }
            }
        }
        return null;
    }

    /// Finds a place for a contact that has just answered.
    InsertResult place(TableEntry entry, long nowNanos) {
        var bucket = bucketOf(entry.contact().id());
        while (bucket.members.isFull() && maySplit(bucket)) {
            split();
            bucket = bucketOf(entry.contact().id());
        }
        if (!bucket.members.isFull()) {
            bucket.members.add(entry);
            bucket.changed(nowNanos);
            return new InsertResult.Inserted();
        }
        var bad = bucket.members.first(TableEntry::isBad);
        if (bad != null) {
            bucket.members.remove(bad);
            bucket.members.add(entry);
            bucket.changed(nowNanos);
            return new InsertResult.Replaced(bad.contact());
        }
        var insecure = entry.isSecure() ? bucket.slowestInsecure() : null;
        if (insecure != null) {
            bucket.members.remove(insecure);
            bucket.members.add(entry);
            bucket.await(insecure);
            bucket.changed(nowNanos);
            return new InsertResult.Replaced(insecure.contact());
        }
        bucket.await(entry);
        var stalest = bucket.stalest(nowNanos);
        return stalest == null
                ? new InsertResult.Full()
                : new InsertResult.ProbeFirst(stalest.contact());
    }

    void remove(TableEntry entry) {
        var bucket = bucketOf(entry.contact().id());
        bucket.remove(entry);
        bucket.promote();
    }

    /// Fills `nearest` with the contacts closest to `target`, bad ones left out.
    void closest(Id target, Nearest nearest) {
        nearest.begin(target);
        int home = Math.min(selfId.sharedPrefixBits(target), buckets.size() - 1);
        nearest.seeNext(buckets.get(home));
        if (!nearest.isFull()) {
            // Those of deeper buckets differ from the target first where our own id does, so they
            // come next, in mingled order.
            for (int i = home + 1; i < buckets.size(); i++) {
                nearest.see(buckets.get(i));
            }
        }
        for (int i = home - 1; i >= 0 && !nearest.isFull(); i--) {
            nearest.seeNext(buckets.get(i));
        }
    }

    private void split() {
        int index = buckets.size() - 1;
        var whole = buckets.get(index);
        var near = whole.sibling(RoutingTable.BUCKET_SIZE);
        var far = whole.sibling(Math.max(widest >> index, RoutingTable.BUCKET_SIZE));
        for (int i = 0; i < whole.members.size(); i++) {
            var entry = whole.members.at(i);
            (isNear(entry, index) ? near : far).members.add(entry);
        }
        for (int i = 0; i < whole.waiting.size(); i++) {
            var entry = whole.waiting.at(i);
            (isNear(entry, index) ? near : far).addWaiting(entry);
        }
        buckets.set(index, far);
        buckets.add(near);
    }

    private boolean isNear(TableEntry entry, int index) {
        return selfId.sharedPrefixBits(entry.contact().id()) > index;
    }
}
