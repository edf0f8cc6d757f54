package dev.starling.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.runtime.DhtService;
import dev.starling.runtime.Stores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `starling node` as an operator has it: by a config file, signals and HTTP.
final class NodeInterop {

    private static final long SECONDS = Lab.PATIENCE.toSeconds();

    private final Lab lab = new Lab();
    private final Path config = lab.path("node.conf");

    NodeInterop() throws IOException {}

    @BeforeEach
    void writeConfig() {
        lab.write(config, "listen = " + lab.address() + "\nhttp = 0\nmax-peers = 1000\n");
    }

    @AfterEach
    void close() throws IOException {
        lab.close();
    }

    private LabProcess node() {
        return lab.starling("node", "node", "--config", config.toString());
    }

    /// Waits until a page says this: a node that was held up for seconds says so for a moment.
    private static void awaitOnPage(LabProcess node, String path, String wanted)
            throws IOException, InterruptedException {
        String url = LabProcess.text(node.awaitEvent("http", Lab.PATIENCE), "url");
        long deadline = System.nanoTime() + Lab.PATIENCE.toNanos();
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url + path)).build();
            String page = "";
            while (!page.contains(wanted)) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(path + " never said " + wanted + " but " + page);
                }
                page = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            }
        }
    }

    @Test
    void theFirstNodeOfANetworkIsHealthyAndShowsItself() throws Exception {
        var node = node();

        node.awaitEvent("ready", Lab.PATIENCE);

        awaitOnPage(node, "health", "ok\n");
        awaitOnPage(node, "metrics", "starling_healthy 1.0");
        awaitOnPage(node, "status.json", "\"maxPeers\":1000");
        var status = lab.starling("status", lab.folder("node-data"), "node", "status", "--healthy");
        assertThat(status.awaitExit(Lab.PATIENCE)).isZero();
        assertThat(status.events("status")).hasSize(1);
    }

    @Test
    void aHangupReadsTheConfigAgain() throws IOException {
        var node = node();
        node.awaitEvent("ready", Lab.PATIENCE);

        lab.write(config, Files.readString(config).replace("= 1000", "= 77") + "port = 7000\n");
        node.signal("HUP");
        String reloaded = node.awaitEvent("reloaded", Lab.PATIENCE);

        assertThat(reloaded).contains("max-peers = 77 (was 1000)").contains("port = 7000");
        assertThat(node.isAlive()).isTrue();
    }

    @Test
    void whoIsAskedToStopComesBackAsTheSameNode() {
        var node = node();
        String ready = node.awaitEvent("ready", Lab.PATIENCE);

        node.signal("TERM");
        node.awaitExit(Lab.PATIENCE);
        String again = node().awaitEvent("ready", Lab.PATIENCE);

        assertThat(LabProcess.text(again, "id")).isEqualTo(LabProcess.text(ready, "id"));
        assertThat(node.tail(5)).noneMatch(line -> line.contains("Exception"));
    }

    /// With their original time: RocksItemStoreTest and RocksPeerStoreTest hold that.
    @Test
    void itemsAndPeersSurviveAKill() throws Exception {
        var item = new Item.Immutable(ByteString.utf8("9:keep this"));
        var infoHash = new Id(1, 2, 3);
        var node = node();
        try (var client = clientOf(node)) {
            var put = client.putItem(item, OptionalLong.empty()).get(SECONDS, TimeUnit.SECONDS);
            assertThat(put.nodes()).isEqualTo(1);
            var announce = new DhtInput.Announce(7_777, false, true);
            var announced = new CompletableFuture<DhtEffect.Announced>();
            client.findPeers(
                    infoHash,
                    Optional.of(announce),
                    told -> {
                        if (told instanceof DhtEffect.Announced done) {
                            announced.complete(done);
                        }
                    });
            assertThat(announced.get(SECONDS, TimeUnit.SECONDS).nodes()).isEqualTo(1);
        }

        node.kill();
        var again = node();
        again.awaitEvent("ready", Lab.PATIENCE);

        awaitOnPage(again, "status.json", "\"storedItems\":1");
        awaitOnPage(again, "status.json", "\"storedPeers\":1");
        try (var client = clientOf(again)) {
            var found = client.findItem(item.target(), ByteString.EMPTY);
            assertThat(found.get(SECONDS, TimeUnit.SECONDS).item()).contains(item);
        }
    }

    private DhtService clientOf(LabProcess node) throws IOException {
        String ready = node.awaitEvent("ready", Lab.PATIENCE);
        String address = ready.substring(ready.indexOf("198.18."));
        address = address.substring(0, address.indexOf('"'));
        var options = new DhtService.Options(List.of(lab.address()), 0, List.of(address), false);
        return DhtService.start(options, Stores.inMemory(), told -> {});
    }
}
