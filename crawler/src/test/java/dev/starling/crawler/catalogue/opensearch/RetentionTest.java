package dev.starling.crawler.catalogue.opensearch;

import static dev.starling.crawler.catalogue.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.starling.crawler.catalogue.Found;
import dev.starling.crawler.catalogue.Samples;
import dev.starling.crawler.catalogue.classify.Rules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is asked of a cluster that holds one old torrent.
final class RetentionTest {

    private static final Found OLD = found();

    private final List<String> searched = new CopyOnWriteArrayList<>();
    private final List<String> changed = new CopyOnWriteArrayList<>();
    private final HttpServer cluster = start();
    private final Rest rest = rest();

    private static Found found() {
        var entry = Samples.single("old", 1);
        return new Found(entry, Rules.standard().classify(entry), List.of());
    }

    private HttpServer start() {
        try {
            var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var server = HttpServer.create(loopback, 0);
            server.createContext("/", this::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Rest rest() {
        var host = URI.create("http://127.0.0.1:" + cluster.getAddress().getPort());
        return new Rest(List.of(host), Optional.empty());
    }

    @AfterEach
    void stop() {
        rest.close();
        cluster.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        var asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String hash = OLD.entry().infoHash().hex();
        String answer;
        if (path.endsWith("_search")) {
            searched.add(asked);
            answer =
                    "{\"hits\":{\"hits\":[{\"_id\":\"%s\",\"_source\":%s}]}}"
                            .formatted(hash, Documents.write(OLD, false).toJson());
        } else {
            changed.add(asked);
            answer = "{\"items\":[{\"delete\":{\"_id\":\"%s\",\"status\":200}}]}".formatted(hash);
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Retention retention(Optional<Duration> time) {
        var settings =
                new OpenSearchSettings(Rules.standard(), InstantSource.fixed(NOON), 1, 0, time);
        return new Retention(new Store(rest, new Names("shelf")), settings);
    }

    @Test
    void whatNobodyHasSeenForSoLongIsDropped() throws IOException {
        var retention = retention(Optional.of(Duration.ofDays(90)));

        retention.keep();

        long oldest = NOON.minus(Duration.ofDays(90)).getEpochSecond();
        assertThat(searched).singleElement().asString().contains("\"lt\":" + oldest);
        assertThat(changed)
                .singleElement()
                .asString()
                .contains("delete", OLD.entry().infoHash().hex());
        assertThat(retention.evicted()).isOne();
    }

    @Test
    void itIsLookedForOnceAnHour() throws IOException {
        var retention = retention(Optional.of(Duration.ofDays(90)));

        retention.keep();
        retention.keep();

        assertThat(searched).hasSize(1);
    }

    @Test
    void withoutATimeNothingIsDropped() throws IOException {
        retention(Optional.empty()).keep();

        assertThat(searched).isEmpty();
        assertThat(changed).isEmpty();
    }
}
