package dev.starling.crawler.walk;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One pass over our slice of the keyspace: which zones are done, open and to come. Confined to the
/// machine.
///
/// Each local id has a cursor of its own over its share of the slice; the next zone is the next of
/// each in turn.
final class Sweep {

    private final int bits;
    private final int first;
    private final int count;
    private final int cursors;
    private final long beganNanos;
    private final BitSet begun = new BitSet();
    private final Map<Integer, ZoneWalk> open = new LinkedHashMap<>();
    private int next;
    private int swept;

    /// @param cursors as many as there are local ids
    Sweep(Slice slice, int bits, int cursors, long beganNanos) {
        this.bits = bits;
        this.first = slice.firstZone(bits);
        this.count = slice.endZone(bits) - first;
        this.cursors = Math.min(cursors, count);
        this.beganNanos = beganNanos;
    }

    /// These have been swept by an earlier run.
    void skip(List<Integer> zones) {
        for (int zone : zones) {
            if (zone >= first && zone < first + count && !begun.get(zone - first)) {
                begun.set(zone - first);
                swept++;
            }
        }
    }

    /// The next zone to begin.
    Optional<Zone> next() {
        int steps = (count + cursors - 1) / cursors;
        for (; next < steps * cursors; next++) {
            int cursor = next % cursors;
            int from = (int) ((long) cursor * count / cursors);
            int end = (int) ((long) (cursor + 1) * count / cursors);
            int at = from + next / cursors;
            if (at < end && !begun.get(at)) {
                begun.set(at);
                return Optional.of(new Zone(first + at, bits));
            }
        }
        return Optional.empty();
    }

    void open(ZoneWalk walk) {
        open.put(walk.zone().index(), walk);
    }

    Optional<ZoneWalk> find(Zone zone) {
        return zone.bits() == bits ? Optional.ofNullable(open.get(zone.index())) : Optional.empty();
    }

    void close(ZoneWalk walk) {
        open.remove(walk.zone().index());
        swept++;
    }

    boolean isDone() {
        return swept == count;
    }

    Iterable<ZoneWalk> walks() {
        return open.values();
    }

    int openCount() {
        return open.size();
    }

    int swept() {
        return swept;
    }

    int zones() {
        return count;
    }

    long beganNanos() {
        return beganNanos;
    }

    /// How much of the keyspace the slice is.
    double share() {
        return Math.scalb((double) count, -bits);
    }
}
