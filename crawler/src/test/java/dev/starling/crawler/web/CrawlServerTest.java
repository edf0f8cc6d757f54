package dev.starling.crawler.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.catalogue.Catalogue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who is let in, and what is served to whom, over a real socket of loopback.
final class CrawlServerTest {

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final String JSON = "application/json";

    private final Catalogue catalogue = Shelf.full().catalogue();
    private final WebLab lab = WebLab.open(catalogue);
    private final WebLab locked = WebLab.locked(catalogue, "correct-horse");

    @AfterEach
    void stop() {
        lab.close();
        locked.close();
    }

    /// The status line of a request written by hand: Java's own client chooses its `Host` itself.
    private String statusLine(String... lines) throws IOException {
        int port = lab.server().address().port();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1);
            return String.valueOf(new BufferedReader(in).readLine());
        } catch (SocketException e) {
            return "reset"; // it had heard enough
        }
    }

    @Test
    void pagesLoadFromHereAlone() {
        for (String path : List.of("/", "/overview", "/about", "/torrent/" + "0".repeat(40))) {
            var page = lab.get(path);

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.body())
                    .contains("<title>Starling")
                    .doesNotContainPattern("(src|href|url|import)[^a-z]{0,3}https?://")
                    .doesNotContainPattern("<script>|\\son\\w+=|style=");
        }
        for (String file : List.of("common", "charts", "search", "torrent", "overview")) {
            assertThat(lab.get("/" + file + ".js").body())
                    .doesNotContainPattern("innerHTML|outerHTML|insertAdjacentHTML|\\beval\\b")
                    .doesNotContainPattern("https?://(?!www\\.w3\\.org)");
        }
    }

    @Test
    void aFileIsSentOnceAndThenConfirmed() {
        var first = lab.get("/starling.css");
        String tag = first.headers().firstValue("ETag").orElse("");

        var second = lab.get("/starling.css", "If-None-Match", tag);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @Test
    void anotherSitesNameIsNotAnswered() throws IOException {
        for (String path : List.of("/", "/api/v1/search", "/api?t=caps", "/metrics")) {
            assertThat(statusLine("GET " + path + " HTTP/1.1", "Host: rebound.example"))
                    .contains(" 421 ");
        }
        assertThat(statusLine("GET / HTTP/1.1", "Host: a.example:80")).contains(" 200 ");
        assertThat(statusLine("GET / HTTP/1.1", "Host: localhost")).contains(" 200 ");
    }

    @Test
    void anotherSitesPageIsNotAnswered() {
        assertThat(lab.get("/api/v1/search", "Origin", "http://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(lab.get("/api/v1/search", "Origin", "null").statusCode()).isEqualTo(403);
        assertThat(lab.get("/api/v1/search", "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(lab.get("/api/v1/search", "Origin", lab.origin()).statusCode()).isEqualTo(200);
    }

    @Test
    void aLinkFromAnotherSiteMayBeFollowed() {
        var page =
                lab.get(
                        "/",
                        "Sec-Fetch-Site",
                        "cross-site",
                        "Sec-Fetch-Mode",
                        "navigate",
                        "Sec-Fetch-Dest",
                        "document");

        assertThat(page.statusCode()).isEqualTo(200);
    }

    @Test
    void withAKeyAllButTheSearchPagesIsLocked() {
        for (String path : List.of("/", "/overview", "/starling.css", "/health")) {
            assertThat(locked.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(locked.get("/api/v1/search?q=starlings").statusCode()).isEqualTo(200);
        for (String path :
                List.of(
                        "/api/v1/stats",
                        "/api/v1/crawl",
                        "/api/v1/events",
                        "/api?t=caps",
                        "/torznab/api?t=search",
                        "/rss",
                        "/metrics")) {
            assertThat(locked.get(path).statusCode()).as(path).isEqualTo(401);
        }
    }

    @Test
    void theKeyOpensByHeaderBearerAndParameter() {
        assertThat(locked.get("/metrics", "X-Api-Key", "correct-horse").statusCode())
                .isEqualTo(200);
        assertThat(locked.get("/metrics", "Authorization", "Bearer correct-horse").statusCode())
                .isEqualTo(200);
        assertThat(locked.get("/api?t=caps&apikey=correct-horse").statusCode()).isEqualTo(200);
        assertThat(locked.get("/metrics", "X-Api-Key", "correct-horses").statusCode())
                .isEqualTo(401);
        assertThat(locked.get("/metrics", "X-Api-Key", locked.server().keys().admin()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSessionReadsAndChangesNothing() {
        var opened =
                locked.post("/api/v1/session", "{\"key\":\"correct-horse\"}", "Content-Type", JSON);
        String cookie = opened.headers().firstValue("Set-Cookie").orElse("");
        String pair = cookie.split(";", -1)[0];

        assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
        assertThat(locked.get("/api/v1/stats", "Cookie", pair).statusCode()).isEqualTo(200);
        assertThat(locked.get("/api/v1/blocks", "Cookie", pair).statusCode()).isEqualTo(401);

        locked.send(locked.request("/api/v1/session", "Cookie", pair).DELETE());
        assertThat(locked.get("/api/v1/stats", "Cookie", pair).statusCode()).isEqualTo(401);
    }

    @Test
    void aWrongKeyOpensNoSession() {
        HttpResponse<String> answer =
                locked.post("/api/v1/session", "{\"key\":\"guess\"}", "Content-Type", JSON);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void nothingElseIsThere() {
        assertThat(lab.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(lab.get("/search.html").statusCode()).isEqualTo(404);
        assertThat(lab.get("/%2e%2e/%2e%2e/etc/passwd").statusCode()).isNotEqualTo(200);
        assertThat(lab.send(lab.request("/").method("PUT", BodyPublishers.noBody())).statusCode())
                .isIn(404, 405);
    }

    @Test
    void whatIsNotThereIsAPageToABrowserAndJsonToAProgram() {
        var page = lab.get("/nothing", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        var json = lab.get("/nothing", "Accept", "*/*");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.body()).contains("<title>Starling", "<a href=\"/\">Search");
        assertThat(json.statusCode()).isEqualTo(404);
        assertThat(json.body()).isEqualTo("{\"error\":\"There is nothing at this path.\"}");
    }

    @Test
    void aBrokenEscapeIsABadRequest() throws IOException {
        assertThat(statusLine("GET /api/v1/search?q=%zz% HTTP/1.1", "Host: localhost"))
                .contains(" 400 ");
    }

    @Test
    void requestsAreBounded() throws IOException {
        String tooLong = "x".repeat(100_000);

        assertThat(statusLine("GET /?q=" + tooLong + " HTTP/1.1", "Host: localhost"))
                .doesNotContain(" 200 ");
        assertThat(
                        statusLine(
                                "POST /api/v1/blocks HTTP/1.1",
                                "Host: localhost",
                                "Content-Type: application/json",
                                "X-Api-Key: " + lab.server().keys().admin(),
                                "Content-Length: 100000"))
                .doesNotContain(" 200 ");
    }

    @Test
    void theKeysAreForTheirOwnerAlone() {
        var keys = lab.server().keys();

        assertThat(keys.isNew()).isTrue();
        assertThat(keys.read()).hasSize(32).isNotEqualTo(keys.admin());
        assertThat(keys.toString()).doesNotContain(keys.read(), keys.admin());
    }
}
