package dev.starling.bench.load;

import dev.starling.node.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// A `starling node` in a process of its own, made of the same program as this one and with the
/// same options of the JVM. It ends with this process at the latest.
final class OwnNode implements AutoCloseable {

    static final String ADDRESS = "127.0.0.1";

    /// A busy machine takes its time to start a JVM.
    private static final long READY_SECONDS = 60;

    private static final Pattern PORT = Pattern.compile("\"addresses\":\\[\"[^\"]*:(\\d+)\"");

    private final Process process;
    private final Thread killer;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private OwnNode(Process process) {
        this.process = process;
        killer = new Thread(process::destroyForcibly, "soak-killer");
        Runtime.getRuntime().addShutdownHook(killer);
        Thread.ofPlatform().daemon().name("soak-node").start(this::read);
    }

    /// Starts a node and waits until it says that it is ready.
    ///
    /// @param port 0 for any that is free
    static OwnNode start(Path data, int port) throws Failure, IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path", ".")));
        command.addAll(List.of("dev.starling.node.Main", "node", "--json", "--listen", ADDRESS));
        command.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
        var process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var node = new OwnNode(process);
        node.port();
        return node;
    }

    /// Reads all it says, lest it wait for a reader.
    private void read() {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("\"event\":\"ready\"")) {
                    ready.complete(line);
                }
            }
            ready.completeExceptionally(new IOException("it has ended"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /// Where it listens; waits until it does.
    int port() throws Failure, InterruptedException {
        try {
            var found = PORT.matcher(ready.get(READY_SECONDS, TimeUnit.SECONDS));
            if (found.find()) {
                return Integer.parseInt(found.group(1));
            }
            throw new Failure("the node does not say where it listens", "");
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new Failure("the node that is to be loaded does not start", "", e);
        }
    }

    long pid() {
        return process.pid();
    }

    /// `kill -9`.
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            killer.setName("soak-killer-late"); // this process ends already, and the hook runs
        }
    }
}
