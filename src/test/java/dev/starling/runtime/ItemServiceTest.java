package dev.starling.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.item.SecretKey;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Items, scrapes and samples on real sockets.
class ItemServiceTest {

    private final Random random = new Random(8);

    @Test
    void anItemIsStoredAndFoundAndReplaced() throws Exception {
        var key = SecretKey.random(random);
        var salt = ByteString.utf8("feed");
        try (var dht = PrivateDht.of("127.0.41", 12)) {
            var first = Item.Mutable.signed(key, salt, 1, ByteString.utf8("3:one"));
            var second = Item.Mutable.signed(key, salt, 2, ByteString.utf8("3:two"));

            int nodes = get(dht.node(2).putItem(first, OptionalLong.empty())).nodes();
            var found = get(dht.node(9).findItem(first.target(), salt));
            get(dht.node(2).putItem(second, OptionalLong.of(1)));
            var later = get(dht.node(5).findItem(first.target(), salt));

            assertThat(nodes).isPositive();
            assertThat(found.item()).contains(first);
            assertThat(later.item()).contains(second);
        }
    }

    @Test
    void aSwarmIsCountedAndANodeSampled() throws Exception {
        var infoHash = Id.random(random);
        try (var dht = PrivateDht.of("127.0.42", 12)) {
            for (int i = 0; i < 4; i++) {
                var announced = new LinkedBlockingQueue<DhtEffect>();
                var announce = Optional.of(new DhtInput.Announce(4711, false, i == 0));
                var _ = dht.node(i).findPeers(infoHash, announce, announced::add);
                PrivateDht.await(announced, DhtEffect.Announced.class);
            }

            var scraped = get(dht.node(8).scrape(infoHash));
            var sampled = get(dht.node(8).sample(dht.node(0).addresses().getFirst(), infoHash));

            assertThat(Math.round(scraped.peers().estimate())).isEqualTo(3);
            assertThat(Math.round(scraped.seeds().estimate())).isEqualTo(1);
            assertThat(sampled.samples()).isPresent();
        }
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PrivateDht.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
