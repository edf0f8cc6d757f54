package dev.starling.routing;

import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A k-bucket: contacts that have answered, and up to k more that wait to take the place of one
/// that fails (Kademlia, section 4.1). Those waiting may be unverified; a member never is.
final class Bucket {

    /// A bucket unchanged for this long is refreshed (BEP 5, "Routing Table").
    private static final long UNCHANGED_NANOS = TimeUnit.MINUTES.toNanos(15);

    final EntryList members;

    /// Made for the first that waits: in most buckets nobody does.
    EntryList waiting = EntryList.EMPTY;

    /// When a refresh is due; never before the first member has come.
    private long refreshNanos = StateMachine.NO_DEADLINE;

    /// Every member is good until then; found out by a search, which every query of a stranger
    /// would else repeat. Members that come later are good for longer.
    private long goodUntilNanos = Long.MIN_VALUE;

    /// @param capacity how many members it may have
    Bucket(int capacity) {
        members = new EntryList(capacity);
    }

    long refreshNanos() {
        return refreshNanos;
    }

    /// A member was added, replaced or heard to answer, or a refresh is begun; restored members
    /// tell of it in no order.
    void changed(long nowNanos) {
        long nextNanos = nowNanos + UNCHANGED_NANOS;
        boolean isFirst = refreshNanos == StateMachine.NO_DEADLINE;
        refreshNanos = isFirst ? nextNanos : Math.max(refreshNanos, nextNanos);
    }

    /// An empty bucket that is due for a refresh when this one is.
    Bucket sibling(int capacity) {
        var sibling = new Bucket(capacity);
        sibling.refreshNanos = refreshNanos;
        return sibling;
    }

    /// Members and those waiting.
    int count() {
        return members.size() + waiting.size();
    }

    /// The members come first.
    TableEntry at(int index) {
        return index < members.size() ? members.at(index) : waiting.at(index - members.size());
    }

    @Nullable TableEntry find(Id id) {
        var member = members.find(id);
        return member != null ? member : waiting.find(id);
    }

    boolean isMember(TableEntry entry) {
        return members.find(entry.contact().id()) == entry;
    }

    /// Whether a contact that answers now would become a member here.
    boolean hasPlace() {
        return !members.isFull() || members.first(TableEntry::isBad) != null;
    }

    BucketFill fill(int depth, long nowNanos) {
        int good = 0;
        for (int i = 0; i < members.size(); i++) {
            good += members.at(i).isGood(nowNanos) ? 1 : 0;
        }
        return new BucketFill(depth, members.size(), good, members.capacity(), waiting.size());
    }

    boolean allGood(long nowNanos) {
        if (nowNanos < goodUntilNanos) {
            return true;
        }
        long untilNanos = nowNanos + TableEntry.SILENCE_NANOS;
        for (int i = 0; i < members.size(); i++) {
            var entry = members.at(i);
            if (!entry.isGood(nowNanos)) {
                return false;
            }
            untilNanos = Math.min(untilNanos, entry.lastHeardNanos() + TableEntry.SILENCE_NANOS);
        }
        goodUntilNanos = untilNanos;
        return true;
    }

    /// A member has failed.
    void failed() {
        goodUntilNanos = Long.MIN_VALUE;
    }

    /// The member that is not good and was heard of least recently.
    @Nullable TableEntry stalest(long nowNanos) {
        TableEntry stalest = null;
        for (int i = 0; i < members.size(); i++) {
            var entry = members.at(i);
            if (!entry.isGood(nowNanos)
                    && (stalest == null || entry.lastHeardNanos() < stalest.lastHeardNanos())) {
                stalest = entry;
            }
        }
        return stalest;
    }

    /// The slowest member whose id does not fit its address (BEP 42): one that may have chosen its
    /// place in the keyspace.
    @Nullable TableEntry slowestInsecure() {
        TableEntry slowest = null;
        for (int i = 0; i < members.size(); i++) {
            var entry = members.at(i);
            if (!entry.isSecure() && (slowest == null || slowest.isBetterThan(entry))) {
                slowest = entry;
            }
        }
        return slowest;
    }

    /// Keeps `entry` as a replacement, in place of the worst one if need be.
    void await(TableEntry entry) {
        if (waiting.size() == RoutingTable.BUCKET_SIZE) {
            var worst = waiting.at(0);
            for (int i = 1; i < waiting.size(); i++) {
                worst = worst.isBetterThan(waiting.at(i)) ? waiting.at(i) : worst;
            }
            if (!entry.isBetterThan(worst)) {
                return;
            }
            waiting.remove(worst);
        }
        addWaiting(entry);
    }

    void addWaiting(TableEntry entry) {
        if (waiting == EntryList.EMPTY) {
            waiting = new EntryList(RoutingTable.BUCKET_SIZE);
        }
        waiting.add(entry);
    }

    void remove(TableEntry entry) {
        if (isMember(entry)) {
            members.remove(entry);
        } else {
            waiting.remove(entry);
        }
    }

    /// Fills a free place with the best replacement that has answered.
    void promote() {
        TableEntry best = null;
        for (int i = 0; i < waiting.size(); i++) {
            var entry = waiting.at(i);
            if (entry.isVerified() && (best == null || entry.isBetterThan(best))) {
                best = entry;
            }
        }
        if (best != null && !members.isFull()) {
            waiting.remove(best);
            members.add(best);
            goodUntilNanos = Long.MIN_VALUE; // it may have waited long
        }
    }

    boolean hasVerifiedReplacement() {
        return waiting.first(TableEntry::isVerified) != null;
    }
}
