package dev.starling.dht;

import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// Which items are kept, in the order they were last put, and whose turn it is to go.
///
/// When there are too many, the one put least recently goes; but first, who has more than its share
/// loses its own oldest, so that a flood from one network pushes out nothing but itself. An item
/// counts for the network that first put it; local addresses have no share, because a machine full
/// of nodes has one address. Mutable; confined to its owner.
public final class ItemOrder {

    /// One network may hold this part of all places.
    static final int SHARES = 50;

    private final int maxItems;
    private final int maxPerSource;
    private final LinkedHashMap<Id, Entry> byTime = new LinkedHashMap<>();
    private final Map<IpAddress, SequencedSet<Id>> bySource = new LinkedHashMap<>();

    private record Entry(IpAddress source, long putMillis) {
        boolean isExpired(long nowMillis) {
            return nowMillis - putMillis >= ItemStore.ITEM_LIFETIME_MILLIS;
        }
    }

    public ItemOrder(int maxItems) {
        this.maxItems = maxItems;
        this.maxPerSource = Math.max(1, maxItems / SHARES);
    }

    /// An item is stored or stored again; gives those that must go for it. Puts must come in the
    /// order of time.
    public List<Id> put(Id target, IpAddress source, long nowMillis) {
        var known = byTime.get(target);
        var owner = known != null ? known.source : source.subnet();
        byTime.putLast(target, new Entry(owner, nowMillis));
        var evicted = new ArrayList<Id>(1);
        if (!source.isLocal()) {
            var own = bySource.computeIfAbsent(owner, _ -> new LinkedHashSet<>());
            own.addLast(target);
            if (own.size() > maxPerSource) {
                evicted.add(own.getFirst());
            }
        }
        if (byTime.size() - evicted.size() > maxItems) {
            evicted.add(byTime.firstEntry().getKey());
        }
        evicted.forEach(this::remove);
        return evicted;
    }

    /// Takes out what has expired and gives it.
    public List<Id> expire(long nowMillis) {
        var expired = new ArrayList<Id>();
        var eldest = byTime.firstEntry();
        while (eldest != null && eldest.getValue().isExpired(nowMillis)) {
            expired.add(eldest.getKey());
            remove(eldest.getKey());
            eldest = byTime.firstEntry();
        }
        return expired;
    }

    /// Whether the item is stored and has not expired.
    public boolean holds(Id target, long nowMillis) {
        var entry = byTime.get(target);
        return entry != null && !entry.isExpired(nowMillis);
    }

    /// The network that an item counts for.
    public IpAddress sourceOf(Id target) {
        var entry = byTime.get(target);
        if (entry == null) {
            throw new IllegalStateException("item " + target + " is not stored");
        }
        return entry.source;
    }

    public int size() {
        return byTime.size();
    }

    private void remove(Id target) {
        var entry = byTime.remove(target);
        if (entry == null) {
            return;
        }
        var own = bySource.get(entry.source);
        if (own != null && own.remove(target) && own.isEmpty()) {
            bySource.remove(entry.source);
        }
    }
}
