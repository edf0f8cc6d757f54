package dev.starling.rocks;

import dev.starling.dht.MemoryPeerStore;
import dev.starling.dht.PeerStore;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.rocks.Database.Family;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Announced peers that outlive the process, with the time they were announced. Confined to one
/// thread.
///
/// All of them are in memory, so no question costs a read. What changes is collected and written
/// together by [#commit], before any of it is acknowledged: what a node has said it keeps is not
/// lost however it dies. Bounded as [MemoryPeerStore] is.
final class RocksPeerStore implements PeerStore {

    /// Changes that are written without waiting for a commit: one batch of some 60 KiB.
    private static final int MAX_UNWRITTEN = 1_024;

    private static final byte[] START = new byte[0];

    private final Database database;
    private final MemoryPeerStore memory;
    private int unwritten;

    RocksPeerStore(Database database, int maxPeers) {
        this.database = database;
        memory = new MemoryPeerStore(maxPeers, new SecureRandom(), this::removed);
        database.walk(
                Family.PEERS,
                START,
                (key, value) -> {
                    PeerRow.parse(key, value).ifPresent(this::restore);
                    return true;
                });
        memory.restored();
        database.walk(
                Family.PEER_TIMES,
                START,
                (key, _) -> {
                    database.put(Family.PEER_TIMES, key, Optional.empty());
                    return true;
                });
        database.commit();
    }

    private void restore(PeerRow row) {
        memory.restore(row.infoHash(), row.peer(), row.seed(), row.announcedMillis());
    }

    private void removed(Id infoHash, Endpoint peer) {
        database.put(Family.PEERS, PeerRow.key(infoHash, peer), Optional.empty());
        changed();
    }

    private void changed() {
        if (++unwritten >= MAX_UNWRITTEN) {
            commit();
        }
    }

    @Override
    public void commit() {
        if (unwritten > 0) {
            unwritten = 0;
            database.commit();
        }
    }

    @Override
    public void limit(int peers) {
        memory.limit(peers);
    }

    @Override
    public void announce(Id infoHash, Endpoint peer, boolean seed, long nowMillis) {
        if (!peer.isReachable()) {
            return;
        }
        var row = new PeerRow(infoHash, peer, seed, nowMillis);
        database.put(Family.PEERS, row.key(), Optional.of(row.value()));
        changed();
        memory.announce(infoHash, peer, seed, nowMillis);
    }

    @Override
    public List<Endpoint> peers(
            Id infoHash, boolean v4, int limit, boolean noSeeds, PeerQuery query) {
        return memory.peers(infoHash, v4, limit, noSeeds, query);
    }

    @Override
    public int peersV4(Id infoHash, long[] into, boolean noSeeds, PeerQuery query) {
        return memory.peersV4(infoHash, into, noSeeds, query);
    }

    @Override
    public Optional<Scrape> scrape(Id infoHash, long nowMillis) {
        return memory.scrape(infoHash, nowMillis);
    }

    @Override
    public List<Id> sampleInfoHashes(int limit, RandomGenerator random) {
        return memory.sampleInfoHashes(limit, random);
    }

    @Override
    public void expire(long nowMillis) {
        memory.expire(nowMillis);
        commit();
    }

    @Override
    public int infoHashes() {
        return memory.infoHashes();
    }

    @Override
    public long peers() {
        return memory.peers();
    }
}
