package dev.starling.crawler.walk;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Nodes that answered lately, spread over the keyspace: from the nearest of them the next zone is
/// reached in a step or two. Bounded; confined to the machine.
final class Landmarks {

    /// Some for each of two thousand zones, a network of a million nodes; 3 MB.
    static final int MAX_LANDMARKS = 16_384;

    private final TreeMap<Id, Contact> byId = new TreeMap<>();

    /// Remembers a node; when there are too many, one of the same region goes.
    void add(Contact contact) {
        if (byId.size() >= MAX_LANDMARKS && !byId.containsKey(contact.id())) {
            var next = byId.higherKey(contact.id());
            byId.remove(next == null ? byId.firstKey() : next);
        }
        byId.put(contact.id(), contact);
    }

    void remove(Id id) {
        byId.remove(id);
    }

    /// The nearest to `target`, or nearly so: neighbours in the order of ids share most bits.
    List<Contact> near(Id target, int count) {
        var found = new ArrayList<Contact>(2 * count);
        byId.tailMap(target, true).values().stream().limit(count).forEach(found::add);
        byId.headMap(target, false).descendingMap().values().stream()
                .limit(count)
                .forEach(found::add);
        found.sort((a, b) -> target.compareDistance(a.id(), b.id()));
        return List.copyOf(found.subList(0, Math.min(count, found.size())));
    }

    int size() {
        return byId.size();
    }
}
