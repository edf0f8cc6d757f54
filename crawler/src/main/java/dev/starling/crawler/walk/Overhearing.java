package dev.starling.crawler.walk;

import dev.starling.dht.MemoryPeerStore;
import dev.starling.dht.PeerStore;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The peers announced to our nodes, which are heard of by the crawl as well. Confined to the
/// machine.
final class Overhearing implements PeerStore {

    /// Announced since the machine last looked.
    record Announce(Id infoHash, Endpoint peer) {}

    private final PeerStore store = new MemoryPeerStore();
    private final List<Announce> heard = new ArrayList<>();

    /// Takes out what was announced since the last call.
    List<Announce> take() {
        if (heard.isEmpty()) {
            return List.of();
        }
        var taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    @Override
    public void limit(int maxPeers) {
        store.limit(maxPeers);
    }

    @Override
    public void announce(Id infoHash, Endpoint peer, boolean seed, long nowMillis) {
        store.announce(infoHash, peer, seed, nowMillis);
        heard.add(new Announce(infoHash, peer));
    }

    @Override
    public List<Endpoint> peers(
            Id infoHash, boolean v4, int limit, boolean noSeeds, PeerQuery query) {
        return store.peers(infoHash, v4, limit, noSeeds, query);
    }

    @Override
    public Optional<Scrape> scrape(Id infoHash, long nowMillis) {
        return store.scrape(infoHash, nowMillis);
    }

    @Override
    public List<Id> sampleInfoHashes(int limit, RandomGenerator random) {
        return store.sampleInfoHashes(limit, random);
    }

    @Override
    public void expire(long nowMillis) {
        store.expire(nowMillis);
    }

    @Override
    public int infoHashes() {
        return store.infoHashes();
    }

    @Override
    public long peers() {
        return store.peers();
    }
}
