package dev.starling.node.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A program under test or beside it, with every line it has printed.
final class LabProcess implements AutoCloseable {

    private static final int MAX_LINES = 100_000;

    /// A run of the tests under `nohup` would hand its deafness to SIGHUP down to every process.
    private static final List<String> HEED_HANGUP = List.of("env", "--default-signal=HUP");

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private boolean hasEnded;

    LabProcess(String name, Path folder, List<String> command) {
        this.name = name;
        var heeding = new ArrayList<>(HEED_HANGUP);
        heeding.addAll(command);
        try {
            process =
                    new ProcessBuilder(heeding)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
        Thread.ofPlatform().daemon().name(name).start(this::readLines);
    }

    private void readLines() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lines) {
                    if (lines.size() < MAX_LINES) {
                        lines.add(line);
                    }
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            synchronized (lines) {
                lines.add("(output ended: " + e.getMessage() + ")");
            }
        }
        synchronized (lines) {
            hasEnded = true;
            lines.notifyAll();
        }
    }

    /// The first line with this event, waiting for it; fails with all that was printed.
    String awaitEvent(String event, Duration atMost) {
        return await(line -> isEvent(line, event), "event " + event, atMost);
    }

    String await(Predicate<String> wanted, String what, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        int read = 0;
        synchronized (lines) {
            while (true) {
                for (; read < lines.size(); read++) {
                    if (wanted.test(lines.get(read))) {
                        return lines.get(read);
                    }
                }
                long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0 || hasEnded) {
                    throw new AssertionError(
                            name
                                    + " gave no "
                                    + what
                                    + " within "
                                    + atMost
                                    + "; it printed:\n"
                                    + String.join("\n", tail(60)));
                }
                try {
                    lines.wait(Math.min(leftMillis, 100));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    List<String> events(String event) {
        synchronized (lines) {
            return lines.stream().filter(line -> isEvent(line, event)).toList();
        }
    }

    List<String> tail(int count) {
        synchronized (lines) {
            return List.copyOf(lines.subList(Math.max(0, lines.size() - count), lines.size()));
        }
    }

    /// Waits for the end and returns the exit status.
    int awaitExit(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        name
                                + " still runs after "
                                + atMost
                                + "; it printed:\n"
                                + String.join("\n", tail(60)));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /// Ctrl-C.
    void interrupt() {
        signal("INT");
    }

    /// `kill -9`, also of what it started.
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitExit(Lab.PATIENCE);
    }

    void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("cannot signal " + name, e);
        }
    }

    /// A number in one JSON line.
    static double number(String line, String field) {
        var matcher = Pattern.compile("\"" + field + "\"\\s*:\\s*(-?[0-9.eE+-]+)").matcher(line);
        if (!matcher.find()) {
            throw new AssertionError("no number " + field + " in " + line);
        }
        return Double.parseDouble(matcher.group(1));
    }

    /// A string in one JSON line.
    static String text(String line, String field) {
        return find(line, field)
                .orElseThrow(() -> new AssertionError("no text " + field + " in " + line));
    }

    private static Optional<String> find(String line, String field) {
        var matcher =
                Pattern.compile("\"" + field + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"")
                        .matcher(line);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static boolean isEvent(String line, String event) {
        return line.startsWith("{") && find(line, "event").filter(event::equals).isPresent();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
