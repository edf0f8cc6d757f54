package dev.starling.node.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The HTTP server over a real socket of loopback, asked byte by byte.
final class MonitorServerTest {

    /// One that does not end by itself has failed.
    private static final int TIMEOUT_MILLIS = 20_000;

    private static final Pattern CONTENT_LENGTH = Pattern.compile("Content-Length: (\\d{1,9})\r");

    private final FakeNode node = new FakeNode();
    private MonitorServer server = start(node);

    private static MonitorServer start(FakeNode node) {
        try {
            return MonitorServer.start(new HttpAddress("127.0.0.1", 0), List.of("a.example"), node);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void listens() {
        assertThat(server.address().port()).isPositive();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// What the server answers: its head and as many bytes as that names.
    private String send(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return read(socket.getInputStream());
        } catch (SocketException e) {
            return "reset"; // it had heard enough
        }
    }

    private static String read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        var length = CONTENT_LENGTH.matcher(head);
        int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
        return head + new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
    }

    private static String request(String method, String path, String host) {
        String head = method + " " + path + " HTTP/1.1";
        return String.join("\r\n", head, "Host: " + host, "Connection: close", "", "");
    }

    private String ask(String path, String host) throws IOException {
        return send(request("GET", path, host));
    }

    private String ask(String path) throws IOException {
        return ask(path, "127.0.0.1");
    }

    @Test
    void healthIsAStatusAndAReason() throws IOException {
        assertThat(ask("/health")).startsWith("HTTP/1.1 200").endsWith("ok\n");
    }

    @Test
    void whatIsNotHealthyIsUnavailable() throws IOException {
        node.isListening = false;

        assertThat(ask("/health")).startsWith("HTTP/1.1 503").endsWith("a socket is closed\n");
    }

    @Test
    void metricsAreInPrometheusForm() throws IOException {
        assertThat(ask("/metrics"))
                .startsWith("HTTP/1.1 200")
                .contains("starling_dht_queries_received_total{method=\"ping\"} 0.0")
                .contains("starling_dht_errors_sent_total{code=\"203\"}")
                .contains("starling_dht_spared_total{how=\"limited\"}")
                .contains("starling_dht_replies_total{outcome=\"timed_out\"}")
                .contains("starling_dht_round_trip_seconds_bucket{le=\"+Inf\"} 0")
                .contains("starling_dht_contacts{family=\"ipv4\",state=\"good\"} 0.0")
                .contains("starling_dht_bucket_contacts{bucket=\"0\",family=\"ipv6\"}")
                .contains("starling_dht_stored_peers ")
                .contains("starling_healthy 1.0", "starling_info{version=\"1.2.3\"} 1")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void metricsAreGivenWhenTheNodeDoesNotAnswer() throws IOException {
        node.isAnswering = false;

        assertThat(ask("/metrics")).contains("starling_healthy 0.0");
    }

    @Test
    void theStatusIsOneObject() throws IOException {
        assertThat(ask("/status.json"))
                .contains("Content-Type: application/json")
                .contains("{\"event\":\"status\",\"version\":\"1.2.3\"")
                .contains(
                        "\"tables\":[{\"family\":\"IPv4\",\"contacts\":0,\"good\":0,\"buckets\":[")
                .contains("\"roundTripBoundsMillis\":[1,2,5,");
    }

    @Test
    void thePageLoadsFromHereAlone() throws IOException {
        String page = ask("/");

        assertThat(page)
                .startsWith("HTTP/1.1 200")
                .contains("default-src 'none'", "frame-ancestors 'none'", "nosniff")
                .contains("<title>Starling node</title>");
        assertThat(page + ask("/status.js") + ask("/status.css"))
                .doesNotContainPattern("(src|href|url|import)[^a-z]{0,3}https?://");
    }

    @Test
    void anotherSitesNameIsNotAnswered() throws IOException {
        assertThat(ask("/status.json", "rebound.example"))
                .startsWith("HTTP/1.1 421")
                .doesNotContain("version");
        assertThat(ask("/metrics", "rebound.example:80")).startsWith("HTTP/1.1 421");
        assertThat(ask("/health", "a.example")).startsWith("HTTP/1.1 200");
    }

    @Test
    void nothingElseIsThere() throws IOException {
        assertThat(ask("/status.html")).startsWith("HTTP/1.1 404");
        assertThat(ask("/../../etc/passwd")).doesNotContain("200 OK");
        assertThat(send(request("POST", "/", "localhost"))).doesNotContain("200 OK");
    }

    @Test
    void requestsAreBounded() throws IOException {
        String tooLong = "x".repeat(100_000);

        assertThat(ask("/" + tooLong)).doesNotContain("200 OK");
        assertThat(send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + tooLong + "\r\n\r\n"))
                .doesNotContain("200 OK");
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        var taken = server.address();

        assertThatIOException()
                .isThrownBy(() -> MonitorServer.start(taken, List.of(), node))
                .withMessageContaining("cannot serve HTTP on " + taken)
                .withMessageContaining("another program uses it; choose another port");
    }
}
