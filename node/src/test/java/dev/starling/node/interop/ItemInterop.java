package dev.starling.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.item.SecretKey;
import dev.starling.runtime.DhtService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Items stored and found (BEP 44), stores sampled (BEP 51) and swarms counted (BEP 33), between us
/// and libtorrent.
final class ItemInterop extends OnPrivateDht {

    private static final SecretKey KEY = SecretKey.random(new Random(1));
    private static final ByteString SALT = ByteString.utf8("salt");

    @Test
    void whatLibtorrentStoresWeFind() throws Exception {
        var put = libtorrent("put-immutable", "hello-from-libtorrent");
        String event = put.awaitEvent("put", Lab.PATIENCE);
        var target = Id.parseHex(LabProcess.text(event, "target")).orElseThrow();

        var found = get(node().findItem(target, ByteString.EMPTY));

        assertThat(LabProcess.number(event, "count")).isGreaterThanOrEqualTo(7);
        assertThat(found.item().orElseThrow().value())
                .isEqualTo(ByteString.utf8("21:hello-from-libtorrent"));
    }

    @Test
    void whatWeStoreLibtorrentFinds() throws Exception {
        var item = new Item.Immutable(ByteString.utf8("19:hello-from-starling"));
        get(node().putItem(item, OptionalLong.empty()));

        var got = libtorrent("get-immutable", item.target().hex());

        assertThat(LabProcess.text(got.awaitEvent("item", Lab.PATIENCE), "value"))
                .isEqualTo("hello-from-starling");
    }

    @Test
    void mutableItemsOfLibtorrentAreFoundAndReplaced() throws Exception {
        String key = KEY.publicKey().hex();
        libtorrent("put-mutable", KEY.bytes().hex(), key, "first", "salt")
                .awaitEvent("put", Lab.PATIENCE);
        var target = Item.Mutable.targetOf(KEY.publicKey(), SALT);

        var first = (Item.Mutable) get(node().findItem(target, SALT)).item().orElseThrow();
        var second = Item.Mutable.signed(KEY, SALT, first.seq() + 1, ByteString.utf8("6:second"));
        var put = get(node().putItem(second, OptionalLong.of(first.seq())));
        var got = libtorrent("get-mutable", key, "salt");

        assertThat(first.value()).isEqualTo(ByteString.utf8("5:first"));
        assertThat(put.nodes()).isGreaterThanOrEqualTo(7);
        assertThat(LabProcess.text(got.awaitEvent("item", Lab.PATIENCE), "value"))
                .isEqualTo("second");
    }

    @Test
    void libtorrentSamplesUsAndWeItAndCountWhatItHolds() throws Exception {
        String address = lab.nextAddress() + ":6960";
        libtorrent("serve", "300").awaitEvent("ready", Lab.PATIENCE);
        var infoHash = Id.random(new Random(2));
        for (int i = 0; i < 20; i++) {
            announce(dht.others().get(i), infoHash, i % 4 == 0);
        }
        var ours = dht.others().getFirst().addresses().getFirst();

        var asked =
                libtorrent(
                        "sample",
                        ours.address().toString(),
                        Integer.toString(ours.port()),
                        infoHash.hex());
        var theirs = Endpoint.parse(address).orElseThrow();
        var sampled = get(node().sample(theirs, infoHash));
        var counted = get(node().scrape(infoHash));

        assertThat(LabProcess.number(asked.awaitEvent("samples", Lab.PATIENCE), "total"))
                .isGreaterThanOrEqualTo(0);
        assertThat(sampled.samples()).isPresent();
        assertThat(counted.peers().estimate()).isBetween(13.0, 17.0);
        assertThat(counted.seeds().estimate()).isBetween(4.0, 6.0);
    }

    private static void announce(DhtService node, Id infoHash, boolean isSeed) throws Exception {
        var announced = new CountDownLatch(1);
        var _ =
                node.findPeers(
                        infoHash,
                        Optional.of(new DhtInput.Announce(6_881, false, isSeed)),
                        told -> {
                            if (told instanceof DhtEffect.Announced) {
                                announced.countDown();
                            }
                        });
        assertThat(announced.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private DhtService node() {
        return dht.others().getLast();
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private LabProcess libtorrent(String... words) {
        var command =
                new ArrayList<>(
                        List.of(
                                "/usr/bin/python3", // where Debian puts python3-libtorrent
                                lab.script("libtorrent_dht.py").toString(),
                                "--listen",
                                lab.address() + ":6960",
                                "--bootstrap",
                                dht.bootstrap()));
        command.addAll(List.of(words));
        return lab.run("libtorrent-" + words[0], command);
    }
}
