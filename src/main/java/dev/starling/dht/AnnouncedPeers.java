package dev.starling.dht;

import dev.starling.id.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
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

    /// What an announce changed.
    ///
    /// @param isNew whether the peer was not there before
    /// @param evicted who made room
    public record Change(boolean isNew, Optional<Endpoint> evicted) {}

    private final Family v4 = new Family();
    private final Family v6 = new Family();
    private @Nullable Filters filters;

    private record Filters(PeerStore.Scrape scrape, long madeMillis) {}

    /// Remembers a peer; among several of one family, announces must come in the order of time.
    public Change announce(Endpoint peer, boolean seed, long nowMillis) {
        return (peer.isV4() ? v4 : v6).announce(peer, seed, nowMillis);
    }

    /// Up to `limit` unexpired peers of one family, each as likely as any other.
    public List<Endpoint> sample(
            boolean wantsV4, int limit, boolean noSeeds, PeerStore.PeerQuery query) {
        return (wantsV4 ? v4 : v6).sample(limit, noSeeds, query);
    }

    /// Filters of the addresses of peers and seeds; empty where all have expired.
    public Optional<PeerStore.Scrape> scrape(long nowMillis) {
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
        boolean hasV4 = v4.addTo(scrape, nowMillis);
        boolean hasV6 = v6.addTo(scrape, nowMillis);
        return hasV4 || hasV6 ? Optional.of(scrape) : Optional.empty();
    }

    public void expire(long nowMillis) {
        filters = null;
        v4.expire(nowMillis);
        v6.expire(nowMillis);
    }

    public int size() {
        return v4.order.size() + v6.order.size();
    }

    /// What two announces of the same peer have in common: the address, and of a local address the
    /// port too.
    public static Endpoint identity(Endpoint peer) {
        return peer.address().isLocal() ? peer : new Endpoint(peer.address(), 0);
    }

    private record Peer(Endpoint endpoint, boolean seed, long announcedMillis) {
        boolean isExpired(long nowMillis) {
            return nowMillis - announcedMillis >= PeerStore.PEER_LIFETIME_MILLIS;
        }
    }

    /// The peers of one address family, twice: by key in the order of announcing, which is that of
    /// expiry, and in an array to be shuffled for samples.
    private static final class Family {
        private final LinkedHashMap<Endpoint, Peer> order = new LinkedHashMap<>();
        private List<Peer> shuffled = new ArrayList<>();

        Change announce(Endpoint endpoint, boolean seed, long nowMillis) {
            boolean isNew =
                    order.putLast(identity(endpoint), new Peer(endpoint, seed, nowMillis)) == null;
            Optional<Endpoint> evicted = Optional.empty();
            if (order.size() > MAX_PEERS) {
                evicted = Optional.of(order.pollFirstEntry().getValue().endpoint);
            }
            shuffled = List.of();
            return new Change(isNew, evicted);
        }

        /// A run of a shuffled list from a random place: every peer is as likely as any other. It
        /// is shuffled anew with every announce.
        List<Endpoint> sample(int limit, boolean noSeeds, PeerStore.PeerQuery query) {
            if (shuffled.size() != order.size()) {
                shuffled = new ArrayList<>(order.values());
                shuffle(query.random());
            }
            int size = shuffled.size();
            var sample = new ArrayList<Endpoint>(Math.min(limit, size));
            int at = size > limit ? query.random().nextInt(size) : 0;
            for (int i = 0; i < size && sample.size() < limit; i++) {
                var peer = shuffled.get(at);
                at = at + 1 == size ? 0 : at + 1;
                if (!peer.isExpired(query.nowMillis()) && !(noSeeds && peer.seed)) {
                    sample.add(peer.endpoint);
                }
            }
            return sample;
        }

        /// Fisher and Yates's.
        private void shuffle(RandomGenerator random) {
            for (int i = shuffled.size() - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                var chosen = shuffled.get(other);
                shuffled.set(other, shuffled.get(i));
                shuffled.set(i, chosen);
            }
        }

        /// Whether there was anyone to add.
        boolean addTo(PeerStore.Scrape scrape, long nowMillis) {
            boolean hasAny = false;
            for (var peer : order.values()) {
                if (!peer.isExpired(nowMillis)) {
                    hasAny = true;
                    (peer.seed ? scrape.seeds() : scrape.peers()).add(peer.endpoint.address());
                }
            }
            return hasAny;
        }

        void expire(long nowMillis) {
            var eldest = order.firstEntry();
            while (eldest != null && eldest.getValue().isExpired(nowMillis)) {
                order.pollFirstEntry();
                eldest = order.firstEntry();
            }
            shuffled = List.of();
        }
    }
}
