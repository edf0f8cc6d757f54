package dev.starling.dht;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Announced peers in memory. Confined to one thread.
///
/// Bounded in total and per infohash. When full, the infohash that has been announced least
/// recently makes room: whoever floods us with invented infohashes pushes out its own first.
public final class MemoryPeerStore implements PeerStore {

    private int maxPeers;

    /// In the order of the latest announce.
    private final LinkedHashMap<Id, AnnouncedPeers> byInfoHash = new LinkedHashMap<>();

    private long size;

    public MemoryPeerStore() {
        this(MAX_PEERS);
    }

    MemoryPeerStore(int maxPeers) {
        this.maxPeers = maxPeers;
    }

    @Override
    public void limit(int peers) {
        maxPeers = peers;
    }

    @Override
    public void announce(Id infoHash, Endpoint peer, boolean seed, long nowMillis) {
        if (!peer.isReachable()) {
            return;
        }
        var peers = byInfoHash.remove(infoHash);
        if (peers == null) {
            peers = new AnnouncedPeers();
        }
        size -= peers.size();
        peers.announce(peer, seed, nowMillis);
        size += peers.size();
        byInfoHash.put(infoHash, peers);
        while (size > maxPeers && byInfoHash.size() > 1) {
            size -= byInfoHash.pollFirstEntry().getValue().size();
        }
    }

    @Override
    public List<Endpoint> peers(
            Id infoHash, boolean v4, int limit, boolean noSeeds, PeerQuery query) {
        var peers = byInfoHash.get(infoHash);
        return peers == null ? List.of() : peers.sample(v4, limit, noSeeds, query);
    }

    @Override
    public Optional<Scrape> scrape(Id infoHash, long nowMillis) {
        var peers = byInfoHash.get(infoHash);
        return peers == null ? Optional.empty() : peers.scrape(nowMillis);
    }

    @Override
    public List<Id> sampleInfoHashes(int limit, RandomGenerator random) {
        return Sampling.of(byInfoHash.keySet(), limit, random);
    }

    @Override
    public void expire(long nowMillis) {
        size = 0;
        var each = byInfoHash.values().iterator();
        while (each.hasNext()) {
            var peers = each.next();
            peers.expire(nowMillis);
            size += peers.size();
            if (peers.size() == 0) {
                each.remove();
            }
        }
    }

    @Override
    public int infoHashes() {
        return byInfoHash.size();
    }

    @Override
    public long peers() {
        return size;
    }
}
