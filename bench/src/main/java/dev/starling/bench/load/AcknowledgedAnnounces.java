package dev.starling.bench.load;

import dev.starling.dht.PeerStore;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// The announces that a node has acknowledged: it must name these peers until they expire, and not
/// after that, however often it is killed.
final class AcknowledgedAnnounces {

    /// Between acknowledging and our hearing of it; and how exact expiry may be expected to be.
    private static final long TOLERANCE_MILLIS = 30_000;

    private final SequencedMap<Id, Map<Endpoint, Long>> millis = new LinkedHashMap<>();
    private long count;

    void add(Id infoHash, Endpoint peer, long nowMillis) {
        millis.computeIfAbsent(infoHash, _ -> new HashMap<>()).put(peer, nowMillis);
        count++;
    }

    /// How many there have been.
    long count() {
        return count;
    }

    Set<Id> infoHashes() {
        return millis.keySet();
    }

    /// The peers of an infohash that must be named now.
    List<Endpoint> due(Id infoHash, long nowMillis) {
        return within(infoHash, nowMillis - PeerStore.PEER_LIFETIME_MILLIS + TOLERANCE_MILLIS);
    }

    /// How many of these peers should have been forgotten.
    long overdue(Id infoHash, Set<Endpoint> named, long nowMillis) {
        long oldest = nowMillis - PeerStore.PEER_LIFETIME_MILLIS - TOLERANCE_MILLIS;
        var peers = millis.getOrDefault(infoHash, Map.of());
        return named.stream()
                .filter(peer -> peers.getOrDefault(peer, Long.MAX_VALUE) < oldest)
                .count();
    }

    private List<Endpoint> within(Id infoHash, long sinceMillis) {
        return millis.getOrDefault(infoHash, Map.of()).entrySet().stream()
                .filter(peer -> peer.getValue() > sinceMillis)
                .map(Map.Entry::getKey)
                .toList();
    }
}
