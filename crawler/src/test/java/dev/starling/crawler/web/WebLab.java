package dev.starling.crawler.web;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.node.Folders;
import dev.starling.node.monitor.HttpAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A server on a free port of loopback, and a client that asks it.
public final class WebLab implements AutoCloseable {

    /// One that takes longer has failed.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final FakeCrawl crawl = new FakeCrawl();
    private final CrawlServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private WebLab(Catalogue catalogue, Optional<String> readKey) {
        try {
            data = Files.createTempDirectory("starling-web");
            var settings =
                    new WebSettings(
                            new HttpAddress("127.0.0.1", 0), List.of("a.example"), readKey, data);
            server = CrawlServer.start(settings, catalogue, Optional.of(crawl));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// One that asks for no key to read with.
    public static WebLab open(Catalogue catalogue) {
        return new WebLab(catalogue, Optional.empty());
    }

    public static WebLab locked(Catalogue catalogue, String readKey) {
        return new WebLab(catalogue, Optional.of(readKey));
    }

    public CrawlServer server() {
        return server;
    }

    public FakeCrawl crawl() {
        return crawl;
    }

    public String origin() {
        return "http://" + server.address();
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(path, headers).POST(BodyPublishers.ofString(body)));
    }

    /// What the admin does, by his key.
    public HttpResponse<String> administer(String path, String body) {
        return post(
                path, body, "Content-Type", "application/json", "X-Api-Key", server.keys().admin());
    }

    public HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(origin() + path)).timeout(PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        server.close();
        client.shutdownNow();
        try {
            Folders.delete(data);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
