package dev.starling.dht;

import dev.starling.id.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// The peers of one infohash.
///
/// One peer per address is kept, the one that announced last (BEP 33), so that nobody fills the
/// list alone; local addresses are exempt, because a machine full of clients has one address.
final class AnnouncedPeers {

    /// Peers of one family; in a larger swarm the longest silent makes room. Whoever asks gets 50
    /// of these.
    static final int MAX_PEERS = 2_000;

    private final Family v4 = new Family();
    private final Family v6 = new Family();

    void announce(Endpoint peer, boolean seed, long nowMillis) {
        (peer.isV4() ? v4 : v6).announce(peer, seed, nowMillis);
    }

    List<Endpoint> sample(boolean wantsV4, int limit, boolean noSeeds, PeerStore.PeerQuery query) {
        return (wantsV4 ? v4 : v6).sample(limit, noSeeds, query);
    }

    void expire(long nowMillis) {
        v4.expire(nowMillis);
        v6.expire(nowMillis);
    }

    int size() {
        return v4.order.size() + v6.order.size();
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

        void announce(Endpoint endpoint, boolean seed, long nowMillis) {
            var peer = new Peer(endpoint, seed, nowMillis);
            order.putLast(key(endpoint), peer);
            if (order.size() > MAX_PEERS) {
                order.pollFirstEntry();
            }
            shuffled = List.of();
        }

        /// The first steps of a Fisher-Yates shuffle: every peer is as likely as any other.
        List<Endpoint> sample(int limit, boolean noSeeds, PeerStore.PeerQuery query) {
            if (shuffled.size() != order.size()) {
                shuffled = new ArrayList<>(order.values());
            }
            var sample = new ArrayList<Endpoint>(Math.min(limit, shuffled.size()));
            for (int i = 0; i < shuffled.size() && sample.size() < limit; i++) {
                int other = query.random().nextInt(i, shuffled.size());
                var chosen = shuffled.get(other);
                shuffled.set(other, shuffled.get(i));
                shuffled.set(i, chosen);
                if (!chosen.isExpired(query.nowMillis()) && !(noSeeds && chosen.seed)) {
                    sample.add(chosen.endpoint);
                }
            }
            return sample;
        }

        void expire(long nowMillis) {
            var eldest = order.firstEntry();
            while (eldest != null && eldest.getValue().isExpired(nowMillis)) {
                order.pollFirstEntry();
                eldest = order.firstEntry();
            }
            shuffled = List.of();
        }

        private static Endpoint key(Endpoint endpoint) {
            return endpoint.address().isLocal() ? endpoint : new Endpoint(endpoint.address(), 0);
        }
    }
}
