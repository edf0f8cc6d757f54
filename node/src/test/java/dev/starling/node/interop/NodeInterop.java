package dev.starling.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `starling node` as an operator has it: by a config file, signals and HTTP.
final class NodeInterop {

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

    private static String page(LabProcess node, String path) throws IOException {
        String url = LabProcess.text(node.awaitEvent("http", Lab.PATIENCE), "url");
        var connection = (HttpURLConnection) URI.create(url + path).toURL().openConnection();
        try (var body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theFirstNodeOfANetworkIsHealthyAndShowsItself() throws IOException {
        var node = node();

        node.awaitEvent("ready", Lab.PATIENCE);

        assertThat(page(node, "health")).isEqualTo("ok\n");
        assertThat(page(node, "metrics")).contains("starling_healthy 1.0");
        assertThat(page(node, "status.json")).contains("\"maxPeers\":1000");
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
}
