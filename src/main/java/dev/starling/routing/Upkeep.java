package dev.starling.routing;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When which contact of a table is due for a ping and which bucket for a refresh.
final class Upkeep {

    private final Buckets buckets;

    /// No ping is due before this; so a table where nothing is due is not searched.
    private long probeNanos = StateMachine.NO_DEADLINE;

    Upkeep(Buckets buckets) {
        this.buckets = buckets;
    }

    /// A ping may be due at `nanos`.
    void probeBy(long nanos) {
        probeNanos = Math.min(probeNanos, nanos);
    }

    Optional<Contact> nextToProbe(long nowNanos) {
        if (nowNanos < probeNanos) {
            return Optional.empty();
        }
        TableEntry due = null;
        probeNanos = StateMachine.NO_DEADLINE;
        for (int b = 0; b < buckets.count(); b++) {
            var bucket = buckets.at(b);
            boolean hasPlace = bucket.hasPlace() || buckets.maySplit(bucket);
            int count = hasPlace ? bucket.count() : bucket.members.size();
            for (int i = 0; i < count; i++) {
                var entry = bucket.at(i);
                probeBy(entry.probeNanos());
                if (entry.probeNanos() <= nowNanos
                        && (due == null || entry.lastHeardNanos() < due.lastHeardNanos())) {
                    due = entry;
                }
            }
        }
        if (due == null) {
            return Optional.empty();
        }
        due.probed(nowNanos);
        return Optional.of(due.contact());
    }

    /// A random id in the bucket longest unchanged, if one is due.
    Optional<Id> nextRefreshTarget(Id selfId, RandomGenerator random, long nowNanos) {
        int stalest = 0;
        for (int i = 1; i < buckets.count(); i++) {
            if (buckets.at(i).refreshNanos() < buckets.at(stalest).refreshNanos()) {
                stalest = i;
            }
        }
        if (nowNanos < buckets.at(stalest).refreshNanos()) {
            return Optional.empty();
        }
        buckets.at(stalest).changed(nowNanos);
        var tail = Id.random(random);
        boolean isLast = stalest == buckets.count() - 1;
        return Optional.of(
                isLast
                        ? selfId.prefixed(stalest, tail)
                        : selfId.flipped(stalest).prefixed(stalest + 1, tail));
    }

    long nextDeadlineNanos() {
        long deadline = probeNanos;
        for (int i = 0; i < buckets.count(); i++) {
            deadline = Math.min(deadline, buckets.at(i).refreshNanos());
        }
        return deadline;
    }
}
