package dev.starling.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.item.SecretKey;
import dev.starling.krpc.KrpcError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Items stored and found again (BEP 44), swarms counted (BEP 33) and stores sampled (BEP 51) among
/// nodes of production.
class ItemSimTest {

    private static final ByteString NO_SALT = ByteString.EMPTY;

    private final SimWorld world = SimWorld.seeded(7).losing(0.02).dhtNodes(60);
    private final SecretKey key = SecretKey.random(world.random());

    @Test
    void whatOneNodeStoresAnotherFinds() {
        var item = new Item.Immutable(ByteString.utf8("5:hello"));

        var put = put(item, OptionalLong.empty());

        assertThat(put.nodes()).isEqualTo(8);
        assertThat(find(item.target(), NO_SALT).item()).contains(item);
        assertThat(find(item.target(), NO_SALT).copies()).isGreaterThanOrEqualTo(7);
    }

    @Test
    void theNewestVersionIsFoundThoughSomeNodesHaveAnOlder() {
        var salt = ByteString.utf8("feed");
        put(version(salt, 1), OptionalLong.empty());
        world.runFor(Duration.ofSeconds(1));
        var target = version(salt, 1).target();
        for (var contact : world.closestLive(target, 3)) {
            world.nodes().stream()
                    .filter(node -> node.contact().equals(contact))
                    .findFirst()
                    .ifPresent(world::remove);
        }
        put(version(salt, 2), OptionalLong.empty());

        var found = find(target, salt);

        assertThat(found.item()).contains(version(salt, 2));
    }

    @Test
    void aStaleCasIsRefusedByThoseThatHaveTheItem() {
        put(version(NO_SALT, 5), OptionalLong.empty());

        var put = put(version(NO_SALT, 6), OptionalLong.of(4));

        assertThat(put.refusals())
                .hasSizeGreaterThanOrEqualTo(6)
                .allMatch(refusal -> refusal.code() == KrpcError.CAS_MISMATCH);
    }

    @Test
    void withAnotherSaltNothingIsFound() {
        var salt = ByteString.utf8("feed");
        put(version(salt, 1), OptionalLong.empty());

        assertThat(find(version(salt, 1).target(), ByteString.utf8("other")).item()).isEmpty();
    }

    @Test
    void aSwarmIsCountedByTheFiltersOfItsNodes() {
        var infoHash = Id.random(world.random());
        for (int i = 0; i < 40; i++) {
            var announce = Optional.of(new DhtInput.Announce(1_000 + i, false, i % 4 == 0));
            var node = world.nodes().get(i);
            long handle = node.findPeers(infoHash, announce);
            world.runUntil(() -> node.announced(handle).isPresent());
        }

        var node = world.anyNode();
        long handle = node.command(number -> new DhtInput.Scrape(number, infoHash));
        world.runUntil(() -> node.answered(handle, DhtEffect.Scraped.class).isPresent());

        var count = node.answered(handle, DhtEffect.Scraped.class).orElseThrow();
        assertThat(count.nodes()).isGreaterThanOrEqualTo(8);
        assertThat(count.peers().estimate()).isBetween(28.0, 32.0);
        assertThat(count.seeds().estimate()).isBetween(9.0, 11.0);
    }

    @Test
    void aStoreIsSampled() {
        var asked = world.nodes().get(3);
        var infoHash = asked.id(); // so it is among the closest
        var announcer = world.nodes().get(50);
        long announce =
                announcer.findPeers(infoHash, Optional.of(new DhtInput.Announce(1, false, false)));
        world.runUntil(() -> announcer.announced(announce).isPresent());

        var sampled = sample(asked.endpoint());

        assertThat(sampled.samples().orElseThrow().infoHashes()).contains(infoHash);
        assertThat(sampled.contacts()).hasSize(8);
    }

    @Test
    void whoIsNotThereIsNotSampled() {
        assertThat(sample(Endpoint.parse("9.9.9.9:9").orElseThrow()).samples()).isEmpty();
    }

    @Test
    void oneSeedOneStory() {
        var stories = new ArrayList<List<DhtEffect>>();
        for (int i = 0; i < 2; i++) {
            var again = SimWorld.seeded(11).dhtNodes(30);
            var node = again.anyNode();
            var item = new Item.Immutable(ByteString.utf8("5:hello"));
            long handle =
                    node.command(
                            number -> new DhtInput.PutItem(number, item, OptionalLong.empty()));
            again.runUntil(() -> node.answered(handle, DhtEffect.ItemPut.class).isPresent());
            stories.add(node.told());
        }

        assertThat(stories.get(0)).isEqualTo(stories.get(1));
    }

    private Item.Mutable version(ByteString salt, long seq) {
        return Item.Mutable.signed(key, salt, seq, ByteString.utf8("1:" + seq % 10));
    }

    private DhtEffect.ItemPut put(Item item, OptionalLong cas) {
        var node = world.anyNode();
        long handle = node.command(number -> new DhtInput.PutItem(number, item, cas));
        world.runUntil(() -> node.answered(handle, DhtEffect.ItemPut.class).isPresent());
        return node.answered(handle, DhtEffect.ItemPut.class).orElseThrow();
    }

    private DhtEffect.ItemSearchEnded find(Id target, ByteString salt) {
        var node = world.anyNode();
        long handle = node.command(number -> new DhtInput.GetItem(number, target, salt));
        world.runUntil(() -> node.answered(handle, DhtEffect.ItemSearchEnded.class).isPresent());
        return node.answered(handle, DhtEffect.ItemSearchEnded.class).orElseThrow();
    }

    private DhtEffect.Sampled sample(Endpoint endpoint) {
        var node = world.anyNode();
        var target = Id.random(world.random());
        long handle = node.command(number -> new DhtInput.Sample(number, endpoint, target));
        world.runUntil(() -> node.answered(handle, DhtEffect.Sampled.class).isPresent());
        return node.answered(handle, DhtEffect.Sampled.class).orElseThrow();
    }
}
