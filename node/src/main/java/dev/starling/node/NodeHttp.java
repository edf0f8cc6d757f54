package dev.starling.node;

import dev.starling.node.monitor.HttpAddress;
import dev.starling.node.monitor.MonitorServer;
import dev.starling.node.monitor.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// A node's HTTP server, where one was asked for, and the file that says where it is.
final class NodeHttp implements AutoCloseable {

    /// In the data folder: where `starling node status` finds the node.
    private static final String FILE = "node.http";

    private final Optional<MonitorServer> server;
    private final Path file;

    private NodeHttp(Optional<MonitorServer> server, Path file) {
        this.server = server;
        this.file = file;
    }

    static NodeHttp serve(NodeOptions options, Watched node, Path data, Output output)
            throws IOException {
        var file = data.resolve(FILE);
        if (options.http().isEmpty()) {
            return new NodeHttp(Optional.empty(), file);
        }
        var server = MonitorServer.start(options.http().get(), options.httpNames(), node);
        String url = "http://" + server.address().local() + "/";
        output.event(Event.of("http").text("url", url));
        output.progress("status page: " + url);
        if (node.isPersistent()) {
            Files.writeString(file, server.address().local() + "\n");
        }
        return new NodeHttp(Optional.of(server), file);
    }

    /// Where the node that keeps its state in `data` serves HTTP.
    static Optional<HttpAddress> find(Path data) throws IOException {
        try {
            return Optional.of(HttpAddress.parse(Files.readString(data.resolve(FILE)).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException(data.resolve(FILE) + " says no address: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (server.isPresent()) {
            server.get().close();
            Files.deleteIfExists(file);
        }
    }
}
