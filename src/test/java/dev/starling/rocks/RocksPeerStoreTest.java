package dev.starling.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.dht.MemoryPeerStore;
import dev.starling.dht.PeerStore;
import dev.starling.dht.PeerStoreContract;
import dev.starling.id.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksPeerStoreTest extends PeerStoreContract {

    @TempDir Path root;

    private final List<RocksStores> opened = new ArrayList<>();

    @Override
    protected PeerStore store(int maxPeers) {
        return open(maxPeers).peers();
    }

    private RocksStores open(int maxPeers) {
        try {
            var stores = RocksStores.open(root.resolve("store"), maxPeers, 10);
            opened.add(stores);
            return stores;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void closeStores() {
        opened.forEach(RocksStores::close);
    }

    @Test
    void peersComeBackWithTheirOriginalTime() {
        try (var stores = open(1_000)) {
            stores.peers().announce(infoHash(1), peer(1), true, NOW);
            stores.peers().announce(infoHash(1), peer6(2), false, NOW + 5);
        }

        var again = store(1_000);

        assertThat(again.peers()).isEqualTo(2);
        assertThat(peers(again, infoHash(1), NOW + PeerStore.PEER_LIFETIME_MILLIS - 1))
                .containsExactly(peer(1));
        assertThat(peers(again, infoHash(1), NOW + PeerStore.PEER_LIFETIME_MILLIS)).isEmpty();
        again.expire(NOW + PeerStore.PEER_LIFETIME_MILLIS);
        assertThat(again.peers()).isEqualTo(1);
    }

    @Test
    void theLeastRecentIsStillKnownAfterReopening() {
        try (var stores = open(100)) {
            for (int i = 0; i < 40; i++) {
                stores.peers().announce(infoHash(7), peer(i), false, NOW);
                stores.peers().announce(infoHash(3), peer(i), false, NOW + 1);
            }
            stores.peers().announce(infoHash(7), peer(0), false, NOW + 2);
        }

        var again = store(100);
        for (int i = 0; i < 30; i++) {
            again.announce(infoHash(5), peer(i), false, NOW + 3);
        }

        assertThat(peers(again, infoHash(3), NOW + 3)).isEmpty();
        assertThat(peers(again, infoHash(7), NOW + 3)).hasSize(40);
    }

    @Test
    void whatMadeRoomOrExpiredDoesNotComeBack() {
        try (var stores = open(40)) {
            for (int i = 0; i < 60; i++) {
                stores.peers().announce(infoHash(i / 2), peer(i), false, NOW + i);
            }
            assertThat(stores.peers().peers()).isEqualTo(40);
            stores.peers().expire(NOW + 29 + PeerStore.PEER_LIFETIME_MILLIS);
        }

        var again = store(1_000);

        assertThat(again.peers()).isEqualTo(30);
        assertThat(again.infoHashes()).isEqualTo(15);
    }

    /// Whatever happens in whatever order, the store answers as the one in memory does, also after
    /// it was closed and opened again.
    @Test
    void itKeepsWhatTheStoreInMemoryKeeps() {
        for (long seed = 0; seed < 3; seed++) {
            var random = new Random(seed);
            root = root.resolve("seed" + seed);
            root.toFile().mkdirs();
            var model = new MemoryPeerStore();
            var stores = open(100_000);
            long now = NOW;
            for (int step = 0; step < 1_000; step++) {
                now += random.nextInt(10_000);
                var infoHash = infoHash(random.nextInt(20));
                switch (random.nextInt(200)) {
                    case 0 -> {
                        stores.close();
                        stores = open(100_000);
                    }
                    case 1, 2, 3 -> {
                        model.expire(now);
                        stores.peers().expire(now);
                        assertThat(stores.peers().peers())
                                .as("seed %d step %d", seed, step)
                                .isEqualTo(model.peers());
                    }
                    default -> {
                        Endpoint peer =
                                random.nextBoolean()
                                        ? peer(random.nextInt(100))
                                        : peer6(random.nextInt(100));
                        boolean isSeed = random.nextBoolean();
                        model.announce(infoHash, peer, isSeed, now);
                        stores.peers().announce(infoHash, peer, isSeed, now);
                    }
                }
                assertThat(peers(stores.peers(), infoHash, now))
                        .as("seed %d step %d", seed, step)
                        .containsExactlyInAnyOrderElementsOf(peers(model, infoHash, now));
            }
            stores.close();
        }
    }
}
