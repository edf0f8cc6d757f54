package dev.starling.crawler.catalogue.opensearch;

import dev.starling.node.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JacksonException;

/// Requests to a cluster, each to one of its hosts. Thread-safe.
///
/// A host that cannot be reached or is overloaded is followed by the next, after a pause that
/// grows; after [#TRIES] of them the request has failed. So callers wait while the cluster is slow:
/// that is the back-pressure. Only requests that may be repeated are made.
final class Rest implements AutoCloseable {

    /// With the pauses between them about a minute: longer than a cluster takes to choose a new
    /// manager.
    private static final int TRIES = 10;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    /// What the cluster is asked at once; others wait their turn.
    private static final int MAX_IN_FLIGHT = 8;

    /// More than any answer to what is asked here.
    private static final int MAX_ANSWER_BYTES = 256 << 20;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final String JSON = "application/json";
    static final String LINES = "application/x-ndjson";

    private final List<URI> hosts;
    private final Optional<Credentials> credentials;
    private final HttpClient client;
    private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
    private final AtomicInteger turn = new AtomicInteger();

    Rest(List<URI> hosts, Optional<Credentials> credentials) {
        this.hosts = hosts;
        this.credentials = credentials;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .build();
    }

    /// An answer that is none of failure to reach the cluster: also 404 and 409.
    record Answer(int status, JsonTree body) {

        boolean isGood() {
            return status < 300;
        }

        boolean isMissing() {
            return status == 404;
        }

        boolean isConflict() {
            return status == 409;
        }

        /// The body, where all went well.
        JsonTree good() throws IOException {
            if (!isGood()) {
                throw new IOException("OpenSearch answers " + status + ": " + reason());
            }
            return body;
        }

        String reason() {
            var error = body.at("error");
            return error.text("type") + " " + error.text("reason");
        }
    }

    Answer get(String path) throws IOException {
        return send("GET", path, JSON, "");
    }

    Answer head(String path) throws IOException {
        return send("HEAD", path, JSON, "");
    }

    Answer post(String path, String body) throws IOException {
        return send("POST", path, JSON, body);
    }

    Answer put(String path, String body) throws IOException {
        return send("PUT", path, JSON, body);
    }

    Answer delete(String path) throws IOException {
        return send("DELETE", path, JSON, "");
    }

    Answer postLines(String path, String body) throws IOException {
        return send("POST", path, LINES, body);
    }

    private Answer send(String method, String path, String type, String body) throws IOException {
        IOException last = new IOException("no host");
        for (int attempt = 0; attempt < TRIES; attempt++) {
            pause(attempt);
            URI host = hosts.get(Math.floorMod(turn.get(), hosts.size()));
            try {
                var answer = once(host, method, path, type, body);
                if (answer.status() < SERVER_ERROR && answer.status() != TOO_MANY_REQUESTS) {
                    return answer;
                }
                last =
                        new IOException(
                                host + " answers " + answer.status() + ": " + answer.reason());
            } catch (IOException e) {
                last = e;
            }
            turn.incrementAndGet();
        }
        throw new IOException(
                "the cluster at " + hosts + " cannot be used: " + last.getMessage(), last);
    }

    private Answer once(URI host, String method, String path, String type, String body)
            throws IOException {
        var request =
                HttpRequest.newBuilder(host.resolve(path))
                        .timeout(REQUEST_TIMEOUT)
                        .header("Content-Type", type)
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        credentials.ifPresent(by -> request.header("Authorization", by.header()));
        try {
            inFlight.acquire();
            try {
                HttpResponse<InputStream> response =
                        client.send(request.build(), BodyHandlers.ofInputStream());
                try (InputStream in = response.body()) {
                    return new Answer(response.statusCode(), tree(in));
                }
            } finally {
                inFlight.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonTree tree(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_ANSWER_BYTES);
        if (bytes.length == MAX_ANSWER_BYTES) {
            throw new IOException("an answer of more than " + MAX_ANSWER_BYTES + " bytes");
        }
        try {
            return JsonTree.parse(
                    bytes.length == 0 ? "{}" : new String(bytes, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new IOException("the cluster's answer is no JSON", e);
        }
    }

    /// Longer from one attempt to the next, and never the same for two that fail together.
    private static void pause(int attempt) throws IOException {
        if (attempt == 0) {
            return;
        }
        long millis = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << (attempt - 1));
        try {
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
