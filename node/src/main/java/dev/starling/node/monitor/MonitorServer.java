package dev.starling.node.monitor;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The HTTP server of a node: `/` for people, `/metrics` for Prometheus, `/health` for whoever
/// restarts it, `/status.json` for scripts. Answers GET alone and changes nothing.
///
/// What is asked for often is computed twice a second at most.
public final class MonitorServer implements AutoCloseable {

    /// A person's browser opens six connections, a scraper one; nothing here takes a body.
    private static final BoundedServer.Bounds BOUNDS =
            new BoundedServer.Bounds(
                    /* connections= */ 32,
                    /* requestsAtOnce= */ 16,
                    /* requestLineBytes= */ 2_048,
                    /* headersBytes= */ 8_192,
                    /* bodyBytes= */ 1_024,
                    /* readTimeout= */ Duration.ofSeconds(10),
                    /* idle= */ Duration.ofSeconds(30));

    /// A page of ours loads from here alone, and stands in no other site's frame.
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src 'self' data:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final BoundedServer server;
    private final Snapshots snapshots;
    private final Metrics metrics;
    private final HostCheck hosts;

    private MonitorServer(HttpAddress asked, List<String> names, Watched node) throws IOException {
        snapshots = new Snapshots(node, System::nanoTime);
        var known = new ArrayList<>(names);
        known.add(asked.host());
        hosts = new HostCheck(known);
        metrics = new Metrics(snapshots);
        try {
            server = new BoundedServer(asked, BOUNDS, this::route);
        } catch (IOException e) {
            metrics.close();
            throw e;
        }
    }

    /// Starts serving.
    ///
    /// @param names besides addresses that requests may be for
    /// @throws IOException if the address cannot be bound
    public static MonitorServer start(HttpAddress address, List<String> names, Watched node)
            throws IOException {
        return new MonitorServer(address, names, node);
    }

    private void route(HttpRouting.Builder routes) {
        routes.addFilter(this::guard)
                .get("/", (_, response) -> page("status.html", "text/html", response))
                .get("/status.js", (_, response) -> page("status.js", "text/javascript", response))
                .get("/status.css", (_, response) -> page("status.css", "text/css", response))
                .get("/status.json", this::status)
                .get("/metrics", this::metrics)
                .get("/health", this::health);
    }

    private void guard(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.create("Content-Security-Policy"), CONTENT_POLICY);
        response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
        response.header(HeaderNames.create("Cross-Origin-Resource-Policy"), "same-origin");
        response.header(HeaderNames.create("Referrer-Policy"), "no-referrer");
        if (hosts.isOurs(request.authority())) {
            chain.proceed();
        } else {
            response.status(Status.create(421));
            text(response, "This server does not go by that name; --http-name lets one in.\n");
        }
    }

    private void status(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(StatusJson.of(snapshots));
    }

    private void metrics(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, METRICS_TYPE);
        response.send(metrics.scrape());
    }

    private void health(ServerRequest request, ServerResponse response) {
        var health = snapshots.now().health();
        response.status(health.isGood() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
        text(response, health.line() + "\n");
    }

    private static void text(ServerResponse response, String text) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.send(text);
    }

    private static void page(String name, String type, ServerResponse response) throws IOException {
        try (var resource =
                Objects.requireNonNull(MonitorServer.class.getResourceAsStream(name), name)) {
            response.header(HeaderNames.CONTENT_TYPE, type + "; charset=utf-8");
            response.send(resource.readAllBytes());
        }
    }

    /// Where it listens, with the port that was free.
    public HttpAddress address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
        metrics.close();
    }
}
