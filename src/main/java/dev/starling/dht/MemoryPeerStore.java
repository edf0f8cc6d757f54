package dev.starling.dht;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Announced peers in memory: some 56 bytes for an infohash with one peer by IPv4; 16 for a peer by
/// IPv4 where there are more, and some hundred for their list. Confined to one thread.
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
    private final SwarmPeers peers;
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
        var rows = new SwarmRows();
        swarms = new SwarmIndex(hash, rows);
        peers = new SwarmPeers(rows);
    }

    @Override
    public void limit(int atMost) {
        maxPeers = atMost;
    }

    @Override
    public void announce(Id infoHash, Endpoint peer, boolean seed, long nowMillis) {
        if (peer.isReachable()) {
            put(infoHash, peer, seed, nowMillis);
            makeRoom();
        }
    }

    private void put(Id infoHash, Endpoint peer, boolean seed, long nowMillis) {
        int known = swarms.find(infoHash);
        int swarm = known == SwarmIndex.NONE ? swarms.add(infoHash) : known;
        swarms.touch(swarm);
        var change = peers.announce(swarm, peer, seed, nowMillis);
        size += change.isNew() && change.evicted().isEmpty() ? 1 : 0;
        if (change.evicted().isPresent()) {
            removals.removed(infoHash, change.evicted().get());
        }
    }

    private void makeRoom() {
        for (int i = 0; i < FORGOTTEN && size > maxPeers && swarms.count() > 1; i++) {
            forget(swarms.oldest());
        }
    }

    /// Takes in what was announced earlier, in any order; [#restored] is called when all is in.
    public void restore(Id infoHash, Endpoint peer, boolean seed, long announcedMillis) {
        if (peer.isReachable()) {
            put(infoHash, peer, seed, announcedMillis);
        }
    }

    /// Lines the infohashes up by their latest announce. What is too much goes with the announces
    /// to come: the bound may yet be raised.
    public void restored() {
        swarms.sort(swarm -> peers.of(swarm).latestMillis());
    }

    @Override
    public List<Endpoint> peers(
            Id infoHash, boolean v4, int limit, boolean noSeeds, PeerQuery query) {
        int swarm = swarms.find(infoHash);
        if (swarm == SwarmIndex.NONE) {
            return List.of();
        }
        var announced = peers.of(swarm);
        var drawn = new ArrayList<Endpoint>(Math.min(limit, announced.size()));
        announced.sample(v4, limit, noSeeds, query, drawn::add);
        return drawn;
    }

    @Override
    public int peersV4(Id infoHash, long[] into, boolean noSeeds, PeerQuery query) {
        int swarm = swarms.find(infoHash);
        return swarm == SwarmIndex.NONE
                ? 0
                : peers.of(swarm).v4().sampleV4(into, noSeeds, query.nowMillis(), query.random());
    }

    @Override
    public Optional<Scrape> scrape(Id infoHash, long nowMillis) {
        int swarm = swarms.find(infoHash);
        return swarm == SwarmIndex.NONE ? Optional.empty() : peers.of(swarm).scrape(nowMillis);
    }

    @Override
    public List<Id> sampleInfoHashes(int limit, RandomGenerator random) {
        return swarms.sample(limit, random);
    }

    /// Drops a bounded part of what has expired.
    @Override
    public void expire(long nowMillis) {
        for (int i = 0; i < SWEPT && isOldestExpired(nowMillis); i++) {
            forget(swarms.oldest());
        }
        if (swarms.count() <= SWEPT) {
            nextSwept = 0; // from the end on, all of them
        }
        for (int i = Math.min(SWEPT, swarms.count()); i > 0; i--) {
            nextSwept = (nextSwept == 0 ? swarms.count() : Math.min(nextSwept, swarms.count())) - 1;
            sweep(nextSwept, nowMillis);
        }
    }

    private boolean isOldestExpired(long nowMillis) {
        int oldest = swarms.oldest();
        return oldest != SwarmIndex.NONE
                && nowMillis - peers.of(oldest).latestMillis() >= PEER_LIFETIME_MILLIS;
    }

    private void sweep(int swarm, long nowMillis) {
        var infoHash = swarms.infoHash(swarm);
        size -= peers.of(swarm).size();
        int left = peers.expire(swarm, nowMillis, peer -> removals.removed(infoHash, peer));
        size += left;
        if (left == 0) {
            remove(swarm);
        }
    }

    private void forget(int swarm) {
        var infoHash = swarms.infoHash(swarm);
        var announced = peers.of(swarm);
        announced.forEach(peer -> removals.removed(infoHash, peer));
        size -= announced.size();
        remove(swarm);
    }

    private void remove(int swarm) {
        peers.move(swarms.remove(swarm), swarm);
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
