package dev.starling.dht;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Announced peers in memory: 16 bytes each by IPv4, and some hundred for each infohash. Confined
/// to one thread.
///
/// Bounded in total and per infohash. When full, the infohash that has been announced least
/// recently makes room: whoever floods us with invented infohashes pushes out its own first.
public final class MemoryPeerStore implements PeerStore {

    /// Each sweep looks at this many infohashes in turn, and drops as many of the longest silent:
    /// less than a millisecond of work.
    private static final int SWEPT = 2_048;

    /// Infohashes that make room for one announce at most: when the bound was lowered far, nobody
    /// waits for all that goes.
    private static final int FORGOTTEN = 16;

    private int maxPeers;
    private final SwarmIndex swarms;
    private final Removals removals;
    private long size;
    private int nextSwept;

    /// Told of every peer that is kept no more.
    public interface Removals {
        void removed(Id infoHash, Endpoint peer);
    }

    public MemoryPeerStore() {
        this(MAX_PEERS);
    }

    MemoryPeerStore(int maxPeers) {
        this(maxPeers, new SipHash(0, 0), (_, _) -> {});
    }

    /// @param secret by which infohashes are hashed; in a store that strangers fill nobody may know
    ///   it
    public MemoryPeerStore(int maxPeers, RandomGenerator secret, Removals removals) {
        this(maxPeers, SipHash.random(secret), removals);
    }

    private MemoryPeerStore(int maxPeers, SipHash hash, Removals removals) {
        this.maxPeers = maxPeers;
        this.removals = removals;
        swarms = new SwarmIndex(hash);
    }

    @Override
    public void limit(int peers) {
        maxPeers = peers;
    }

    @Override
    public void announce(Id infoHash, Endpoint peer, boolean seed, long nowMillis) {
        if (peer.isReachable()) {
            put(infoHash, peer, seed, nowMillis);
            makeRoom();
        }
    }

    private void put(Id infoHash, Endpoint peer, boolean seed, long nowMillis) {
        var known = swarms.find(infoHash);
        var swarm = known == null ? swarms.add(infoHash) : known;
        swarms.touch(swarm);
        size -= swarm.size();
        var change = swarm.announce(peer, seed, nowMillis);
        size += swarm.size();
        if (change.evicted().isPresent()) {
            removals.removed(infoHash, change.evicted().get());
        }
    }

    private void makeRoom() {
        for (int i = 0; i < FORGOTTEN && size > maxPeers && swarms.count() > 1; i++) {
            var oldest = swarms.oldest();
            if (oldest != null) {
                forget(oldest);
            }
        }
    }

    /// Takes in what was announced earlier, in any order; [#restored] is called when all is in.
    public void restore(Id infoHash, Endpoint peer, boolean seed, long announcedMillis) {
        put(infoHash, peer, seed, announcedMillis);
    }

    /// Lines the infohashes up by their latest announce. What is too much goes with the announces
    /// to come: the bound may yet be raised.
    public void restored() {
        swarms.sort(Comparator.comparingLong(AnnouncedPeers::latestMillis));
    }

    @Override
    public List<Endpoint> peers(
            Id infoHash, boolean v4, int limit, boolean noSeeds, PeerQuery query) {
        var swarm = swarms.find(infoHash);
        if (swarm == null) {
            return List.of();
        }
        var peers = new ArrayList<Endpoint>(Math.min(limit, swarm.size()));
        swarm.sample(v4, limit, noSeeds, query, peers::add);
        return peers;
    }

    @Override
    public int peersV4(Id infoHash, long[] into, boolean noSeeds, PeerQuery query) {
        var swarm = swarms.find(infoHash);
        return swarm == null
                ? 0
                : swarm.v4().sampleV4(into, noSeeds, query.nowMillis(), query.random());
    }

    @Override
    public Optional<Scrape> scrape(Id infoHash, long nowMillis) {
        var swarm = swarms.find(infoHash);
        return swarm == null ? Optional.empty() : swarm.scrape(nowMillis);
    }

    @Override
    public List<Id> sampleInfoHashes(int limit, RandomGenerator random) {
        return swarms.sample(limit, random);
    }

    /// Drops a bounded part of what has expired.
    @Override
    public void expire(long nowMillis) {
        var oldest = swarms.oldest();
        for (int i = 0; i < SWEPT && oldest != null && isExpired(oldest, nowMillis); i++) {
            forget(oldest);
            oldest = swarms.oldest();
        }
        if (swarms.count() <= SWEPT) {
            nextSwept = 0; // from the end on, all of them
        }
        for (int i = Math.min(SWEPT, swarms.count()); i > 0; i--) {
            nextSwept = (nextSwept == 0 ? swarms.count() : Math.min(nextSwept, swarms.count())) - 1;
            sweep(swarms.at(nextSwept), nowMillis);
        }
    }

    private static boolean isExpired(AnnouncedPeers swarm, long nowMillis) {
        return nowMillis - swarm.latestMillis() >= PEER_LIFETIME_MILLIS;
    }

    private void sweep(AnnouncedPeers swarm, long nowMillis) {
        size -= swarm.size();
        swarm.expire(nowMillis, peer -> removals.removed(swarm.infoHash(), peer));
        size += swarm.size();
        if (swarm.size() == 0) {
            swarms.remove(swarm);
        }
    }

    private void forget(AnnouncedPeers swarm) {
        swarm.forEach(peer -> removals.removed(swarm.infoHash(), peer));
        size -= swarm.size();
        swarms.remove(swarm);
    }

    @Override
    public int infoHashes() {
        return swarms.count();
    }

    @Override
    public long peers() {
        return size;
    }
}
