package dev.starling.sim;

import dev.starling.dht.MemoryPeerStore;
import dev.starling.dht.PeerStore;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A node's peers in memory, made with the first announce and watched.
final class SimPeerStore implements PeerStore {

    private final SimWatch watch;
    private final Endpoint owner;
    private @Nullable MemoryPeerStore peers;

    SimPeerStore(SimWatch watch, Endpoint owner) {
        this.watch = watch;
        this.owner = owner;
    }

    /// A simulated network stays far below any bound.
    @Override
    public void limit(int maxPeers) {}

    @Override
    public void announce(Id infoHash, Endpoint peer, boolean seed, long nowMillis) {
        watch.storing(owner, infoHash, peer);
        peers = peers == null ? new MemoryPeerStore() : peers;
        peers.announce(infoHash, peer, seed, nowMillis);
    }

    @Override
    public List<Endpoint> peers(
            Id infoHash, boolean v4, int limit, boolean noSeeds, PeerQuery query) {
        return peers == null ? List.of() : peers.peers(infoHash, v4, limit, noSeeds, query);
    }

    @Override
    public Optional<Scrape> scrape(Id infoHash, long nowMillis) {
        return peers == null ? Optional.empty() : peers.scrape(infoHash, nowMillis);
    }

    @Override
    public List<Id> sampleInfoHashes(int limit, RandomGenerator random) {
        return peers == null ? List.of() : peers.sampleInfoHashes(limit, random);
    }

    @Override
    public void expire(long nowMillis) {
        if (peers != null) {
            peers.expire(nowMillis);
        }
    }

    @Override
    public int infoHashes() {
        return peers == null ? 0 : peers.infoHashes();
    }

    @Override
    public long peers() {
        return peers == null ? 0 : peers.peers();
    }

    /// Whether a peer at `address` is stored and, as in an hour's run it is, not expired.
    boolean holds(Id infoHash, IpAddress address) {
        var all = new PeerQuery(0, new SplittableRandom(1));
        return peers(infoHash, address.isV4(), Integer.MAX_VALUE, false, all).stream()
                .anyMatch(peer -> peer.address().equals(address));
    }
}
