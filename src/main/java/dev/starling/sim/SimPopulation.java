package dev.starling.sim;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The nodes that live, found by number, by endpoint and by distance, however many they are.
final class SimPopulation {

    private final List<SimDhtNode> all = new ArrayList<>();
    private final Map<Endpoint, SimDhtNode> byEndpoint = new HashMap<>();

    /// In the order of ids. Two nodes never share one but by a mistake of ours.
    private final TreeMap<Id, SimDhtNode> byId = new TreeMap<>();

    void add(SimDhtNode node) {
        node.number(all.size());
        all.add(node);
        byEndpoint.put(node.endpoint(), node);
        byId.put(node.id(), node);
    }

    /// The last takes its number.
    void remove(SimDhtNode node) {
        if (byEndpoint.remove(node.endpoint()) == null) {
            return;
        }
        byId.remove(node.id());
        var last = all.removeLast();
        if (last != node) {
            all.set(node.number(), last);
            last.number(node.number());
        }
    }

    void changedId(SimDhtNode node, Id before) {
        byId.remove(before);
        byId.put(node.id(), node);
    }

    int size() {
        return all.size();
    }

    SimDhtNode at(int number) {
        return all.get(number);
    }

    List<SimDhtNode> list() {
        return List.copyOf(all);
    }

    Optional<SimDhtNode> at(Endpoint endpoint) {
        return Optional.ofNullable(byEndpoint.get(endpoint));
    }

    /// The `count` closest to `target` that are `fit`, closest first.
    List<SimDhtNode> closest(Id target, int count, Predicate<SimDhtNode> fit) {
        int bits = Math.max(0, 64 - Long.numberOfLeadingZeros(all.size() / Math.max(1, count)));
        List<SimDhtNode> found = List.of();
        for (int shared = bits + 2; shared >= 0; shared -= 2) {
            found = sharing(target, shared).filter(fit).toList();
            if (found.size() >= count) {
                break;
            }
        }
        return found.stream()
                .sorted(Comparator.comparing(SimDhtNode::id, target::compareDistance))
                .limit(count)
                .toList();
    }

    /// Whoever shares so many leading bits with `target`: closer than all others.
    private Stream<SimDhtNode> sharing(Id target, int bits) {
        var first = target.prefixed(bits, Id.ZERO);
        var last = target.prefixed(bits, new Id(-1, -1, -1));
        return byId.subMap(first, true, last, true).values().stream();
    }
}
