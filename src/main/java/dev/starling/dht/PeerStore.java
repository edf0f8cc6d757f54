package dev.starling.dht;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Which peers announced themselves for which infohash (BEP 5, "announce_peer").
///
/// Bounded in total, per infohash and by expiry. Times are wall-clock milliseconds since 1970,
/// because what is stored outlives the process. Implementations state their thread confinement.
public interface PeerStore {

    /// How long an announced peer is handed out: BEP 5 names no figure; 45 minutes as libtorrent
    /// does, since clients announce again after 15 to 30.
    long PEER_LIFETIME_MILLIS = 45 * 60_000L;

    /// Peers kept in all, unless an owner sets another bound; 60 bytes each at most.
    int MAX_PEERS = 500_000;

    /// Sets how many peers are kept in all; what is too many goes with the next announces.
    void limit(int maxPeers);

    /// Remembers that `peer` announced at `nowMillis`; refreshes it if it was there. One peer per
    /// address and infohash is kept (BEP 33).
    void announce(Id infoHash, Endpoint peer, boolean seed, long nowMillis);

    /// Up to `limit` unexpired peers of one address family, a fair sample when there are more.
    List<Endpoint> peers(Id infoHash, boolean v4, int limit, boolean noSeeds, PeerQuery query);

    /// The same by IPv4 for answering without making objects: fills `into` with up to as many
    /// packed peers as it has places and says with how many; see [PackedPeer].
    default int peersV4(Id infoHash, long[] into, boolean noSeeds, PeerQuery query) {
        int count = 0;
        for (var peer : peers(infoHash, true, into.length, noSeeds, query)) {
            into[count++] = PackedPeer.of(peer, false);
        }
        return count;
    }

    /// The circumstances of a read: the time and the randomness for sampling.
    record PeerQuery(long nowMillis, RandomGenerator random) {}

    /// Whose addresses are stored for an infohash, of both families; empty where none are (BEP 33).
    Optional<Scrape> scrape(Id infoHash, long nowMillis);

    /// Filters of the peers that are no seeds, and of the seeds; not to be changed.
    record Scrape(AddressFilter peers, AddressFilter seeds) {}

    /// At most `limit` of the infohashes, each as likely as any other (BEP 51).
    List<Id> sampleInfoHashes(int limit, RandomGenerator random);

    /// Writes down what was announced and dropped since the last call, for stores that outlive the
    /// process: to be called before announces are acknowledged.
    default void commit() {}

    /// Drops what has expired; of very much only a part with each call.
    void expire(long nowMillis);

    int infoHashes();

    long peers();
}
