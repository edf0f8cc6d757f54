package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.Seeded;
import dev.starling.dht.PeerStore.PeerQuery;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// A store packs swarms of one peer otherwise than larger ones; a map of maps does not.
class MemoryPeerStoreProperties {

    private static final int STEPS = 3_000;
    private static final int INFO_HASHES = 40;

    /// So few that swarms have none, one or some.
    private static final int PEERS = 5;

    private static final long NOW = 1_700_000_000_000L;

    @Test
    void swarmsThatGrowAndShrinkKeepTheirPeers() {
        Seeded.forSeeds(
                30,
                random -> {
                    var store = new MemoryPeerStore();
                    Map<Id, Map<IpAddress, Announce>> model = new HashMap<>();
                    long now = NOW;
                    for (int i = 0; i < STEPS; i++) {
                        now += random.nextInt((int) PeerStore.PEER_LIFETIME_MILLIS / 100);
                        var infoHash = new Id(0, random.nextInt(INFO_HASHES), 0);
                        if (random.nextInt(50) == 0) {
                            store.expire(now);
                            expire(model, now);
                            assertThat(store.peers()).isEqualTo(size(model));
                            assertThat(store.infoHashes()).isEqualTo(model.size());
                        } else {
                            var announce = new Announce(peer(random), random.nextBoolean(), now);
                            store.announce(infoHash, announce.peer(), announce.seed(), now);
                            model.computeIfAbsent(infoHash, _ -> new HashMap<>())
                                    .put(announce.peer().address(), announce);
                        }
                        for (boolean v4 : new boolean[] {true, false}) {
                            var query = new PeerQuery(now, random);
                            assertThat(store.peers(infoHash, v4, PEERS, true, query))
                                    .containsExactlyInAnyOrderElementsOf(
                                            leechers(model, infoHash, v4, now));
                        }
                    }
                });
    }

    private record Announce(Endpoint peer, boolean seed, long millis) {
        boolean isExpired(long nowMillis) {
            return nowMillis - millis >= PeerStore.PEER_LIFETIME_MILLIS;
        }
    }

    private static Endpoint peer(RandomGenerator random) {
        int number = random.nextInt(PEERS);
        var address =
                random.nextInt(4) > 0
                        ? IpAddress.v4(0x08000000 + number)
                        : new IpAddress(0x2001_0db8_0000_0000L, number);
        return new Endpoint(address, 1 + random.nextInt(0xffff));
    }

    private static void expire(Map<Id, Map<IpAddress, Announce>> model, long nowMillis) {
        model.values().forEach(swarm -> swarm.values().removeIf(one -> one.isExpired(nowMillis)));
        model.values().removeIf(Map::isEmpty);
    }

    private static long size(Map<Id, Map<IpAddress, Announce>> model) {
        return model.values().stream().mapToLong(Map::size).sum();
    }

    private static List<Endpoint> leechers(
            Map<Id, Map<IpAddress, Announce>> model, Id infoHash, boolean v4, long nowMillis) {
        return model.getOrDefault(infoHash, Map.of()).values().stream()
                .filter(one -> !one.seed() && !one.isExpired(nowMillis))
                .map(Announce::peer)
                .filter(peer -> peer.isV4() == v4)
                .toList();
    }
}
