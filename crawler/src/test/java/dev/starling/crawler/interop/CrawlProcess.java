package dev.starling.crawler.interop;

import dev.starling.node.Main;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A `starling` command as a process of its own, what it prints kept in a file.
final class CrawlProcess {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path output;

    private CrawlProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static CrawlProcess start(Path output, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        command.addAll(arguments);
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(output.toFile()))
                        .start();
        return new CrawlProcess(process, output);
    }

    /// What it has printed so far.
    String printed() throws IOException {
        return Files.readString(output);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// `kill -9`.
    void kill() throws InterruptedException, IOException {
        process.destroyForcibly();
        awaitExit();
    }

    /// What a service manager does first.
    void terminate() throws InterruptedException, IOException {
        process.destroy();
        awaitExit();
    }

    int awaitExit() throws InterruptedException, IOException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still runs; it printed: " + printed());
        }
        return process.exitValue();
    }
}
