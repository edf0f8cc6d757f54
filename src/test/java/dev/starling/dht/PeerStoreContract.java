package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.dht.PeerStore.PeerQuery;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What every [PeerStore] does.
public abstract class PeerStoreContract {

    protected static final long NOW = 1_700_000_000_000L;

    private static final long LIFETIME = PeerStore.PEER_LIFETIME_MILLIS;

    private final Random random = new Random(42);

    /// A new, empty store of at most so many peers.
    protected abstract PeerStore store(int maxPeers);

    protected static Id infoHash(int number) {
        return new Id(number * 0x9E3779B97F4A7C15L, number, number);
    }

    /// A public address for each number.
    protected static Endpoint peer(int number) {
        return new Endpoint(IpAddress.v4(0x08000000 + number), 6881);
    }

    protected static Endpoint peer6(int number) {
        return new Endpoint(new IpAddress(0x2001_0db8_0000_0000L + number, 1), 6881);
    }

    protected List<Endpoint> peers(PeerStore store, Id infoHash, long nowMillis) {
        return store.peers(infoHash, true, 100, false, new PeerQuery(nowMillis, random));
    }

    @Test
    void announcedPeersAreHandedOutByFamily() {
        var store = store(1_000);

        store.announce(infoHash(1), peer(1), false, NOW);
        store.announce(infoHash(1), peer6(2), false, NOW);
        store.announce(infoHash(2), peer(3), false, NOW);

        var query = new PeerQuery(NOW + 1, random);
        assertThat(peers(store, infoHash(1), NOW + 1)).containsExactly(peer(1));
        assertThat(store.peers(infoHash(1), false, 100, false, query)).containsExactly(peer6(2));
        assertThat(peers(store, infoHash(3), NOW + 1)).isEmpty();
        assertThat(store.peers()).isEqualTo(3);
        assertThat(store.infoHashes()).isEqualTo(2);
    }

    @Test
    void aPeerIsForgottenAfterItsLifetimeUnlessItAnnouncesAgain() {
        var store = store(1_000);
        store.announce(infoHash(1), peer(1), false, NOW);
        store.announce(infoHash(1), peer(2), false, NOW);
        store.announce(infoHash(2), peer(3), false, NOW);

        store.announce(infoHash(1), peer(2), false, NOW + LIFETIME / 2);

        assertThat(peers(store, infoHash(1), NOW + LIFETIME)).containsExactly(peer(2));
        store.expire(NOW + LIFETIME);
        assertThat(store.peers()).isEqualTo(1);
        assertThat(store.infoHashes()).isEqualTo(1);
        assertThat(peers(store, infoHash(1), NOW + LIFETIME * 3 / 2)).isEmpty();
    }

    @Test
    void onePublicAddressCountsOnceWithItsLatestPort() {
        var store = store(1_000);

        store.announce(infoHash(1), new Endpoint(peer(1).address(), 1_000), false, NOW);
        store.announce(infoHash(1), new Endpoint(peer(1).address(), 2_000), false, NOW + 1);

        assertThat(peers(store, infoHash(1), NOW + 2))
                .containsExactly(new Endpoint(peer(1).address(), 2_000));
        assertThat(store.peers()).isEqualTo(1);
    }

    @Test
    void manyClientsOfOneMachineCountEach() {
        var store = store(1_000);
        var local = IpAddress.v4(0x7f000001);

        store.announce(infoHash(1), new Endpoint(local, 1_000), false, NOW);
        store.announce(infoHash(1), new Endpoint(local, 2_000), false, NOW);

        assertThat(peers(store, infoHash(1), NOW)).hasSize(2);
    }

    @Test
    void seedsAreLeftOutOnRequest() {
        var store = store(1_000);
        store.announce(infoHash(1), peer(1), true, NOW);
        store.announce(infoHash(1), peer(2), false, NOW);

        var leechers = store.peers(infoHash(1), true, 100, true, new PeerQuery(NOW, random));

        assertThat(leechers).containsExactly(peer(2));
        assertThat(peers(store, infoHash(1), NOW)).hasSize(2);
    }

    @Test
    void aScrapeCountsTheAddressesOfPeersAndSeedsApartAndOfBothFamilies() {
        var store = store(1_000);
        for (int i = 0; i < 50; i++) {
            store.announce(infoHash(1), peer(i), false, NOW);
            store.announce(infoHash(1), peer6(i), i % 2 == 0, NOW);
        }

        var scrape = store.scrape(infoHash(1), NOW).orElseThrow();

        assertThat(scrape.peers().estimate()).isBetween(72.0, 78.0);
        assertThat(scrape.seeds().estimate()).isBetween(23.0, 27.0);
        assertThat(scrape.peers().mayContain(peer(3).address())).isTrue();
        assertThat(scrape.seeds().mayContain(peer6(2).address())).isTrue();
    }

    @Test
    void aScrapeOfNobodyOrOfTheExpiredIsEmpty() {
        var store = store(1_000);
        store.announce(infoHash(1), peer(1), false, NOW);

        assertThat(store.scrape(infoHash(2), NOW)).isEmpty();
        assertThat(store.scrape(infoHash(1), NOW)).isPresent();
        assertThat(store.scrape(infoHash(1), NOW + LIFETIME)).isEmpty();
    }

    @Test
    void aScrapeOfAManyPeersIsSomeSecondsOldAtMost() {
        var store = store(1_000);
        for (int i = 0; i < 100; i++) {
            store.announce(infoHash(1), peer(i), false, NOW);
        }
        var before = store.scrape(infoHash(1), NOW).orElseThrow();

        for (int i = 100; i < 200; i++) {
            store.announce(infoHash(1), peer(i), false, NOW + 1);
        }

        assertThat(before.peers().estimate()).isBetween(95.0, 105.0);
        assertThat(store.scrape(infoHash(1), NOW + 5_000).orElseThrow().peers().estimate())
                .isBetween(190.0, 210.0);
    }

    @Test
    void infoHashesAreSampledWithoutBias() {
        var store = store(1_000);
        for (int i = 0; i < 100; i++) {
            store.announce(infoHash(i), peer(i), false, NOW);
        }

        Map<Id, Integer> times = new HashMap<>();
        for (int round = 0; round < 1_000; round++) {
            var sample = store.sampleInfoHashes(10, random);
            assertThat(sample).hasSize(10).doesNotHaveDuplicates();
            sample.forEach(infoHash -> times.merge(infoHash, 1, Integer::sum));
        }

        assertThat(times).hasSize(100);
        assertThat(times.values()).allMatch(count -> count > 50 && count < 170);
        assertThat(store.sampleInfoHashes(200, random)).hasSize(100);
    }

    @Test
    void ofMoreThanTheLimitEachIsAsLikely() {
        var store = store(1_000);
        for (int i = 0; i < 100; i++) {
            store.announce(infoHash(1), peer(i), false, NOW);
        }

        Map<Endpoint, Integer> times = new HashMap<>();
        for (int round = 0; round < 1_000; round++) {
            var sample = store.peers(infoHash(1), true, 10, false, new PeerQuery(NOW, random));
            assertThat(sample).hasSize(10).doesNotHaveDuplicates();
            sample.forEach(peer -> times.merge(peer, 1, Integer::sum));
        }

        assertThat(times).hasSize(100);
        assertThat(times.values()).allMatch(count -> count > 50 && count < 170);
    }

    @Test
    void aFullStoreForgetsTheInfoHashAnnouncedLeastRecently() {
        var store = store(100);
        for (int i = 0; i < 10; i++) {
            store.announce(infoHash(1), peer(i), false, NOW);
            store.announce(infoHash(2), peer(i), false, NOW);
        }

        store.announce(infoHash(1), peer(1), false, NOW);
        for (int i = 0; i < 85; i++) {
            store.announce(infoHash(100 + i), peer(i), false, NOW);
        }

        assertThat(store.peers()).isBetween(50L, 100L);
        assertThat(peers(store, infoHash(2), NOW)).isEmpty();
        assertThat(peers(store, infoHash(1), NOW)).hasSize(10);
    }

    @Test
    void aHotInfoHashPushesOutNothingButItsOwn() {
        var store = store(AnnouncedPeers.MAX_PEERS + 100);
        for (int i = 0; i < 100; i++) {
            store.announce(infoHash(2 + i), peer(i), false, NOW);
        }

        for (int i = 0; i < 3 * AnnouncedPeers.MAX_PEERS; i++) {
            store.announce(infoHash(1), peer(i), false, NOW + i);
        }

        assertThat(store.infoHashes()).isEqualTo(101);
        assertThat(peers(store, infoHash(2), NOW)).containsExactly(peer(0));
    }

    @Test
    void aSwarmIsBounded() {
        var store = store(100_000);

        for (int i = 0; i < AnnouncedPeers.MAX_PEERS + 500; i++) {
            store.announce(infoHash(1), peer(i), false, NOW + i);
        }

        assertThat(store.peers()).isEqualTo(AnnouncedPeers.MAX_PEERS);
        assertThat(store.peers(infoHash(1), true, 5_000, false, new PeerQuery(NOW + 5_000, random)))
                .hasSize(AnnouncedPeers.MAX_PEERS)
                .doesNotContain(peer(0), peer(499))
                .contains(peer(500));
    }

    @Test
    void whoCannotBeReachedIsNotKept() {
        var store = store(100);

        store.announce(infoHash(1), new Endpoint(peer(1).address(), 0), false, NOW);
        store.announce(infoHash(1), new Endpoint(IpAddress.v4(0xe0000001), 1), false, NOW);

        assertThat(store.peers()).isZero();
        assertThat(peers(store, infoHash(1), NOW)).isEmpty();
    }
}
