package dev.starling.crawler.web.http;

import dev.starling.node.monitor.HttpAddress;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Serves routes over HTTP, each request on a virtual thread of its own. Bounded in connections,
/// requests, bytes and time, so that a hostile client costs little.
public final class RouteServer implements AutoCloseable {

    /// Some people's browsers, six each, and their programs.
    private static final int MAX_CONNECTIONS = 128;

    /// More than the streams, so that these never leave others waiting.
    private static final int MAX_REQUESTS_AT_ONCE = 96;

    private static final int MAX_REQUEST_LINE_BYTES = 8_192;
    private static final int MAX_HEADERS_BYTES = 16_384;

    /// A client that says nothing for so long is gone.
    private static final Duration IDLE = Duration.ofSeconds(60);

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(20);

    /// Helidon logs by `java.util.logging`; the logger is held so that its level stays.
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    /// A page of ours loads from here alone, and stands in no other site's frame.
    private static final Map<String, String> HEADERS =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                            + " img-src 'self' data:; base-uri 'none'; form-action 'self';"
                            + " frame-ancestors 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "Cross-Origin-Resource-Policy",
                    "same-origin",
                    "Cross-Origin-Opener-Policy",
                    "same-origin",
                    "Referrer-Policy",
                    "no-referrer",
                    "Permissions-Policy",
                    "camera=(), microphone=(), geolocation=()");

    private final Gate gate;
    private final List<Route> routes;
    private final BiConsumer<Route, Integer> answered;
    private final WebServer server;
    private final HttpAddress address;

    /// Starts serving.
    ///
    /// @param answered told each answer's route and status
    /// @throws IOException if the address cannot be bound
    public RouteServer(
            HttpAddress asked, Gate gate, List<Route> routes, BiConsumer<Route, Integer> answered)
            throws IOException {
        this.gate = gate;
        this.routes = List.copyOf(routes);
        this.answered = answered;
        HELIDON.setLevel(Level.WARNING);
        probe(asked);
        server = bounded(asked).start();
        if (!server.isRunning()) {
            throw new IOException("cannot serve HTTP on " + asked + ", see the log");
        }
        address = new HttpAddress(asked.host(), server.port());
    }

    /// Binds the address for a moment: Helidon only logs why it cannot.
    private static void probe(HttpAddress asked) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(asked.host(), asked.port()));
        } catch (IOException e) {
            throw new IOException("cannot serve HTTP on " + asked + ": " + e.getMessage(), e);
        }
    }

    private WebServer bounded(HttpAddress asked) {
        return WebServer.builder()
                .host(asked.host())
                .port(asked.port())
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ZERO)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addProtocol(
                        Http1Config.builder()
                                .maxPrologueLength(MAX_REQUEST_LINE_BYTES)
                                .maxHeadersSize(MAX_HEADERS_BYTES)
                                .build())
                .connectionOptions(SocketOptions.builder().readTimeout(READ_TIMEOUT).build())
                .maxTcpConnections(MAX_CONNECTIONS)
                .maxConcurrentRequests(MAX_REQUESTS_AT_ONCE)
                .maxPayloadSize(RequestReader.MAX_BODY_BYTES)
                .idleConnectionTimeout(IDLE)
                .idleConnectionPeriod(IDLE)
                .routing(this::route)
                .build();
    }

    private void route(HttpRouting.Builder builder) {
        builder.addFilter(RouteServer::guard);
        for (Route route : routes) {
            var method = io.helidon.http.Method.create(route.method().name());
            builder.route(
                    method,
                    route.path(),
                    (request, response) ->
                            answer(
                                    route,
                                    RequestReader.read(request, route),
                                    request.authority(),
                                    response));
        }
        builder.any((request, response) ->
                send(WebAnswer.error(404, "There is nothing at this path."), response));
    }

    private static void guard(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        HEADERS.forEach(response::header);
        chain.proceed();
    }

    private void answer(Route route, WebRequest request, String authority, ServerResponse response)
            throws IOException {
        WebAnswer answer;
        var refused =
                gate.keepOut(authority, request).or(() -> gate.check(route.access(), request));
        try {
            answer =
                    refused.isPresent()
                            ? route.refusals().apply(refused.get())
                            : route.handler().answer(request);
        } catch (Refused e) {
            answer = route.refusals().apply(e);
        } catch (IOException e) {
            var failed = new Refused(503, "The catalogue cannot answer: " + e.getMessage());
            answer = route.refusals().apply(failed);
        }
        answered.accept(route, send(answer, response));
    }

    /// Sends it, and returns its status.
    private static int send(WebAnswer answer, ServerResponse response) throws IOException {
        return switch (answer) {
            case WebAnswer.Whole whole -> {
                response.status(Status.create(whole.status()));
                response.header(HeaderNames.CONTENT_TYPE, whole.type());
                if (!whole.headers().containsKey("Cache-Control")) {
                    response.header(HeaderNames.CACHE_CONTROL, "no-store");
                }
                whole.headers().forEach(response::header);
                response.send(whole.bytes());
                yield whole.status();
            }
            case WebAnswer.Stream(var type, var writer) -> {
                response.header(HeaderNames.CONTENT_TYPE, type);
                response.header(HeaderNames.CACHE_CONTROL, "no-store");
                try (var out = response.outputStream()) {
                    writer.write(out);
                }
                yield 200;
            }
        };
    }

    /// Where it listens, with the port that was free.
    public HttpAddress address() {
        return address;
    }

    @Override
    public void close() {
        server.stop();
    }
}
