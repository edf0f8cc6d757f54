package dev.starling.node.monitor;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/// An HTTP server that answers each request on a virtual thread of its own, bounded in connections,
/// requests, bytes and time, so that a hostile client costs little.
public final class BoundedServer implements AutoCloseable {

    /// What a server holds to.
    ///
    /// @param connections open at a time
    /// @param requestsAtOnce answered at a time
    /// @param requestLineBytes of method, path and query
    /// @param headersBytes of all headers of a request
    /// @param bodyBytes of what comes with a request
    /// @param readTimeout how long the next byte of a request may take
    /// @param idle how long a client may say nothing between requests
    public record Bounds(
            int connections,
            int requestsAtOnce,
            int requestLineBytes,
            int headersBytes,
            int bodyBytes,
            Duration readTimeout,
            Duration idle) {}

    /// Helidon logs by `java.util.logging`; the logger is held so that its level stays.
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    private final WebServer server;
    private final HttpAddress address;

    /// Starts serving.
    ///
    /// @throws IOException if the address cannot be bound
    public BoundedServer(HttpAddress asked, Bounds bounds, Consumer<HttpRouting.Builder> routing)
            throws IOException {
        HELIDON.setLevel(Level.WARNING);
        probe(asked);
        server =
                WebServer.builder()
                        .host(asked.host())
                        .port(asked.port())
                        .shutdownHook(false)
                        .shutdownGracePeriod(Duration.ZERO)
                        .featuresDiscoverServices(false)
                        .protocolsDiscoverServices(false)
                        .addProtocol(
                                Http1Config.builder()
                                        .maxPrologueLength(bounds.requestLineBytes())
                                        .maxHeadersSize(bounds.headersBytes())
                                        .build())
                        .connectionOptions(
                                SocketOptions.builder().readTimeout(bounds.readTimeout()).build())
                        .maxTcpConnections(bounds.connections())
                        .maxConcurrentRequests(bounds.requestsAtOnce())
                        .maxPayloadSize(bounds.bodyBytes())
                        .idleConnectionTimeout(bounds.idle())
                        .idleConnectionPeriod(bounds.idle())
                        .routing(routing)
                        .build()
                        .start();
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
            throw new IOException("cannot serve HTTP on " + asked + ": " + reason(e), e);
        }
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case BindException taken when isTaken(taken) ->
                    "another program uses it; choose another port, or 0 for any free one";
            case BindException _ -> "this machine has no such address, or does not allow it";
            default -> String.valueOf(cause.getMessage());
        };
    }

    private static boolean isTaken(BindException cause) {
        return String.valueOf(cause.getMessage()).contains("already in use");
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
