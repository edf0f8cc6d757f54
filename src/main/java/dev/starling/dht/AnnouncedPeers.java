package dev.starling.dht;

import dev.starling.id.Endpoint;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The peers of one infohash.
///
/// One peer per address is kept, the one that announced last (BEP 33), so that nobody fills the
/// list alone; local addresses are exempt, because a machine full of clients has one address.
/// Mutable; confined to its owner.
public final class AnnouncedPeers {

    /// Peers of one family; in a larger swarm the longest silent makes room. Whoever asks gets 50
    /// of these.
    public static final int MAX_PEERS = 2_000;

    /// In a swarm of more than these a scrape is answered from filters made before: to make them
    /// takes a hash for each peer.
    private static final int MAX_SCRAPED_ANEW = 64;

    /// How old such filters may be.
    private static final long SCRAPE_MILLIS = 5_000;

    private static final PeerList NOBODY_V4 = new PeerList(true);
    private static final PeerList NOBODY_V6 = new PeerList(false);

    /// What an announce changed.
    ///
    /// @param isNew whether the peer was not there before
    /// @param evicted who made room
    record Change(boolean isNew, Optional<Endpoint> evicted) {
        static final Change ADDED = new Change(true, Optional.empty());
        static final Change REFRESHED = new Change(false, Optional.empty());
    }

    private PeerList v4 = NOBODY_V4;
    private PeerList v6 = NOBODY_V6;
    private @Nullable Filters filters;

    private record Filters(PeerStore.Scrape scrape, long madeMillis) {}

    AnnouncedPeers() {}

    /// The peers of IPv4.
    PeerList v4() {
        return v4;
    }

    /// Remembers a peer.
    Change announce(Endpoint peer, boolean seed, long nowMillis) {
        return listFor(peer.isV4()).announce(peer, seed, nowMillis);
    }

    /// Has nobody; for one that has had no peer but those of [#holdOnly].
    void clear() {
        listFor(true).clear();
    }

    /// Has this peer by IPv4 and no other; for one that has had nothing else.
    void holdOnly(long packedPeer, long announcedMillis) {
        listFor(true).holdOnly(packedPeer, announcedMillis);
    }

    private PeerList listFor(boolean isV4) {
        if (isV4) {
            v4 = v4 == NOBODY_V4 ? new PeerList(true) : v4;
            return v4;
        }
        v6 = v6 == NOBODY_V6 ? new PeerList(false) : v6;
        return v6;
    }

    /// Up to `limit` unexpired peers of one family, each as likely as any other.
    void sample(
            boolean wantsV4,
            int limit,
            boolean noSeeds,
            PeerStore.PeerQuery query,
            Consumer<Endpoint> taker) {
        (wantsV4 ? v4 : v6).sample(limit, noSeeds, query, taker);
    }

    /// Filters of the addresses of peers and seeds; empty where all have expired.
    Optional<PeerStore.Scrape> scrape(long nowMillis) {
        if (size() <= MAX_SCRAPED_ANEW) {
            return addAll(nowMillis);
        }
        if (filters == null || nowMillis - filters.madeMillis >= SCRAPE_MILLIS) {
            filters = addAll(nowMillis).map(made -> new Filters(made, nowMillis)).orElse(null);
        }
        return Optional.ofNullable(filters).map(Filters::scrape);
    }

    private Optional<PeerStore.Scrape> addAll(long nowMillis) {
        var scrape = new PeerStore.Scrape(new AddressFilter(), new AddressFilter());
        int[] added = {0};
        PeerList.Visitor adder =
                (peer, isSeed) -> {
                    (isSeed ? scrape.seeds() : scrape.peers()).add(peer.address());
                    added[0]++;
                };
        v4.forEachFresh(nowMillis, adder);
        v6.forEachFresh(nowMillis, adder);
        return added[0] > 0 ? Optional.of(scrape) : Optional.empty();
    }

    void expire(long nowMillis, Consumer<? super Endpoint> dropped) {
        filters = null;
        v4.expire(nowMillis, dropped);
        v6.expire(nowMillis, dropped);
    }

    /// Calls `consumer` with every peer, expired or not.
    void forEach(Consumer<? super Endpoint> consumer) {
        v4.forEach(consumer);
        v6.forEach(consumer);
    }

    long latestMillis() {
        return Math.max(v4.latestMillis(), v6.latestMillis());
    }

    int size() {
        return v4.size() + v6.size();
    }

    /// What two announces of the same peer have in common: the address, and of a local address the
    /// port too.
    public static Endpoint identity(Endpoint peer) {
        return peer.address().isLocal() ? peer : new Endpoint(peer.address(), 0);
    }
}
