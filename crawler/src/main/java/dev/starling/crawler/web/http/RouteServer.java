package dev.starling.crawler.web.http;

import dev.starling.node.monitor.BoundedServer;
import dev.starling.node.monitor.HttpAddress;
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
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Serves routes over HTTP to whoever the gate lets in.
public final class RouteServer implements AutoCloseable {

    /// Some people's browsers, six connections each, and their programs. More requests at once than
    /// there are streams, so that these never leave others waiting.
    private static final BoundedServer.Bounds BOUNDS =
            new BoundedServer.Bounds(
                    /* connections= */ 128,
                    /* requestsAtOnce= */ 96,
                    /* requestLineBytes= */ 8_192,
                    /* headersBytes= */ 16_384,
                    RequestReader.MAX_BODY_BYTES,
                    /* readTimeout= */ Duration.ofSeconds(20),
                    /* idle= */ Duration.ofSeconds(60));

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
    private final Route missing;
    private final BiConsumer<Route, Integer> answered;
    private final BoundedServer server;

    /// Starts serving.
    ///
    /// @param missing answers what no route is for
    /// @param answered told each answer's route and status
    /// @throws IOException if the address cannot be bound
    public RouteServer(
            HttpAddress asked,
            Gate gate,
            List<Route> routes,
            Route missing,
            BiConsumer<Route, Integer> answered)
            throws IOException {
        this.gate = gate;
        this.routes = List.copyOf(routes);
        this.missing = missing;
        this.answered = answered;
        server = new BoundedServer(asked, BOUNDS, this::route);
    }

    private void route(HttpRouting.Builder builder) {
        builder.addFilter(RouteServer::guard);
        for (Route route : routes) {
            var method = io.helidon.http.Method.create(route.method().name());
            builder.route(
                    method,
                    route.path(),
                    (request, response) ->
                            answered.accept(route, answer(route, request, response)));
        }
        builder.any((request, response) -> answer(missing, request, response));
    }

    private static void guard(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        HEADERS.forEach(response::header);
        chain.proceed();
    }

    /// Answers, and returns the status.
    private int answer(Route route, ServerRequest asked, ServerResponse response)
            throws IOException {
        var request = RequestReader.read(asked, route);
        WebAnswer answer;
        var refused =
                gate.keepOut(asked.authority(), request)
                        .or(() -> gate.check(route.access(), request));
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
        return send(answer, response);
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
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }
}
