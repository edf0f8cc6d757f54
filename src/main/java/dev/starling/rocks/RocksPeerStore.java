package dev.starling.rocks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.starling.dht.AnnouncedPeers;
import dev.starling.dht.PeerStore;
import dev.starling.dht.Sampling;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.rocks.Database.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Announced peers that outlive the process, with the time they were announced. Confined to one
/// thread.
///
/// All infohashes are known in memory with the number of their peers, so one that nobody announced
/// never costs a read. The peers of those asked for lately are in memory too. An announce is
/// written at once and sweeps out, on average, two that are older than the lifetime.
///
/// Bounded in total and per infohash. When full, the infohash announced least recently makes room,
/// as in [dev.starling.dht.MemoryPeerStore].
final class RocksPeerStore implements PeerStore {

    /// Peers held in memory: some ten megabytes.
    private static final int MAX_HOT_PEERS = 100_000;

    /// What is cached for an infohash costs this much even without peers.
    private static final int ENTRY_WEIGHT = 4;

    /// Each sweep looks at this many rows, a few milliseconds of work at most...
    private static final int SWEEP_ROWS = 256;

    /// ...and comes by itself after this many announces, so that more is swept than is added.
    private static final int ANNOUNCES_PER_SWEEP = SWEEP_ROWS / 2;

    private static final byte[] START = new byte[0];

    private final Database database;
    private int maxPeers;

    /// Peers of each infohash, in the order of the latest announce.
    private final LinkedHashMap<Id, Integer> counts = new LinkedHashMap<>();

    private final Cache<Id, AnnouncedPeers> hot =
            Caffeine.newBuilder()
                    .maximumWeight(MAX_HOT_PEERS)
                    .weigher((Id infoHash, AnnouncedPeers peers) -> peers.size() + ENTRY_WEIGHT)
                    .executor(Runnable::run)
                    .build();

    private long size;
    private int announces;

    RocksPeerStore(Database database, int maxPeers) {
        this.database = database;
        this.maxPeers = maxPeers;
        countAll();
    }

    private void countAll() {
        Map<Id, Long> latest = new LinkedHashMap<>();
        database.walk(
                Family.PEERS,
                START,
                (key, value) -> {
                    var infoHash = Id.of(key, 0);
                    latest.merge(infoHash, PeerRow.announcedMillis(value), Math::max);
                    counts.merge(infoHash, 1, Integer::sum);
                    size++;
                    return true;
                });
        List<Map.Entry<Id, Long>> byTime = new ArrayList<>(latest.entrySet());
        byTime.sort(Map.Entry.comparingByValue());
        for (var entry : byTime) {
            counts.putLast(entry.getKey(), counts.getOrDefault(entry.getKey(), 0));
        }
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
        var row = new PeerRow(infoHash, peer, seed, nowMillis);
        var peers = load(infoHash);
        var change = peers.announce(peer, seed, nowMillis);
        hot.put(infoHash, peers);
        boolean isNewRow = change.isNew() && database.find(Family.PEERS, row.key()).isEmpty();
        database.write(batch -> {
            batch.put(Family.PEERS, row.key(), row.value());
            batch.put(Family.PEER_TIMES, row.timeKey(), START);
            change.evicted()
                    .ifPresent(
                            evicted -> batch.delete(Family.PEERS, PeerRow.key(infoHash, evicted)));
        });
        int added = (isNewRow ? 1 : 0) - (change.evicted().isPresent() ? 1 : 0);
        counts.putLast(infoHash, counts.getOrDefault(infoHash, 0) + added);
        size += added;
        while (size > maxPeers && counts.size() > 1) {
            forget(counts.firstEntry().getKey());
        }
        if (++announces % ANNOUNCES_PER_SWEEP == 0) {
            expire(nowMillis);
        }
    }

    @Override
    public List<Endpoint> peers(
            Id infoHash, boolean v4, int limit, boolean noSeeds, PeerQuery query) {
        return counts.containsKey(infoHash)
                ? load(infoHash).sample(v4, limit, noSeeds, query)
                : List.of();
    }

    @Override
    public Optional<Scrape> scrape(Id infoHash, long nowMillis) {
        return counts.containsKey(infoHash) ? load(infoHash).scrape(nowMillis) : Optional.empty();
    }

    @Override
    public List<Id> sampleInfoHashes(int limit, RandomGenerator random) {
        return Sampling.of(counts.keySet(), limit, random);
    }

    private AnnouncedPeers load(Id infoHash) {
        var cached = hot.getIfPresent(infoHash);
        if (cached != null) {
            return cached;
        }
        var peers = new AnnouncedPeers();
        if (counts.containsKey(infoHash)) {
            var rows = rows(infoHash);
            rows.sort(Comparator.comparingLong(PeerRow::announcedMillis));
            rows.forEach(row -> peers.announce(row.peer(), row.seed(), row.announcedMillis()));
            hot.put(infoHash, peers);
        }
        return peers;
    }

    private List<PeerRow> rows(Id infoHash) {
        List<PeerRow> rows = new ArrayList<>();
        database.walk(
                Family.PEERS,
                infoHash.toBytes(),
                (key, value) -> {
                    boolean isOurs = PeerRow.isOf(infoHash, key);
                    if (isOurs) {
                        PeerRow.parse(key, value).ifPresent(rows::add);
                    }
                    return isOurs;
                });
        return rows;
    }

    /// Drops an infohash to make room; its rows by time are swept when their time comes.
    private void forget(Id infoHash) {
        var rows = rows(infoHash);
        database.write(batch -> rows.forEach(row -> batch.delete(Family.PEERS, row.key())));
        drop(infoHash, counts.getOrDefault(infoHash, 0));
    }

    /// A bounded part of what has expired, the oldest first.
    @Override
    public void expire(long nowMillis) {
        List<byte[]> expired = new ArrayList<>();
        database.walk(
                Family.PEER_TIMES,
                START,
                (timeKey, value) -> {
                    boolean isExpired =
                            nowMillis - PeerRow.timeOf(timeKey) >= PEER_LIFETIME_MILLIS
                                    && expired.size() < SWEEP_ROWS;
                    if (isExpired) {
                        expired.add(timeKey);
                    }
                    return isExpired;
                });
        if (!expired.isEmpty()) {
            database.write(batch -> expired.forEach(timeKey -> sweep(timeKey, nowMillis, batch)));
        }
    }

    /// A peer that announced again since has a later row by time, and stays.
    private void sweep(byte[] timeKey, long nowMillis, Database.Batch batch) {
        batch.delete(Family.PEER_TIMES, timeKey);
        byte[] key = PeerRow.keyOf(timeKey);
        var value = database.find(Family.PEERS, key);
        if (value.isPresent() && PeerRow.announcedMillis(value.get()) == PeerRow.timeOf(timeKey)) {
            batch.delete(Family.PEERS, key);
            var infoHash = Id.of(key, 0);
            var cached = hot.getIfPresent(infoHash);
            if (cached != null) {
                cached.expire(nowMillis);
            }
            drop(infoHash, 1);
        }
    }

    private void drop(Id infoHash, int peers) {
        size -= peers;
        int left = counts.getOrDefault(infoHash, 0) - peers;
        if (left > 0) {
            counts.replace(infoHash, left);
        } else {
            counts.remove(infoHash);
            hot.invalidate(infoHash);
        }
    }

    @Override
    public int infoHashes() {
        return counts.size();
    }

    @Override
    public long peers() {
        return size;
    }
}
