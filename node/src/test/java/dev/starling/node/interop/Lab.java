package dev.starling.node.interop;

import dev.starling.node.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One test's folder, addresses and processes; all of them end with it.
final class Lab implements AutoCloseable {

    /// How long anything may take before a test fails; generous, for a machine with other work.
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Path LAUNCHER =
            Path.of(System.getProperty("starling.launcher", "../starling"))
                    .toAbsolutePath()
                    .normalize();
    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path folder;
    private final List<Runnable> open = new ArrayList<>();
    private int nextHost = 10;

    Lab() throws IOException {
        folder =
                Files.isWritable(MEMORY)
                        ? Files.createTempDirectory(MEMORY, "starling-interop")
                        : Files.createTempDirectory("starling-interop");
    }

    Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    static Path parent(Path path) {
        return java.util.Objects.requireNonNull(path.getParent(), "a path below a folder");
    }

    /// An address nobody else in this test has.
    String address() {
        String address = nextAddress();
        nextHost++;
        return address;
    }

    /// What [#address()] gives next.
    String nextAddress() {
        return "198.18." + nextHost / 250 + "." + (nextHost % 250 + 1);
    }

    /// Runs `starling` with these arguments and `--json`, with a data folder of its own.
    LabProcess starling(String name, String... arguments) {
        return starling(name, folder(name + "-data"), arguments);
    }

    LabProcess starling(String name, Path data, String... arguments) {
        var command = new ArrayList<String>();
        command.add(LAUNCHER.toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("--json", "--data", data.toString()));
        return run(name, command);
    }

    LabProcess run(String name, List<String> command) {
        return keep(new LabProcess(name, folder(name + "-run"), command));
    }

    LabProcess keep(LabProcess process) {
        open.add(process::close);
        return process;
    }

    /// Has this run when the test ends, last come first.
    void atEnd(Runnable action) {
        open.add(action);
    }

    /// A .torrent made by `starling create`.
    Path torrent(Path content) {
        Path torrent = folder.resolve(content.getFileName() + ".torrent");
        var create =
                starling(
                        "create-" + content.getFileName(),
                        "create",
                        content.toString(),
                        "-o",
                        torrent.toString());
        int status = create.awaitExit(PATIENCE);
        if (status != 0) {
            throw new AssertionError("create failed: " + create.tail(20));
        }
        return torrent;
    }

    /// The link of a .torrent: its infohash and nothing else.
    String magnet(Path torrent) {
        var show = starling("show", "show", torrent.toString());
        return "magnet:?xt=urn:btih:"
                + LabProcess.text(show.awaitEvent("torrent", PATIENCE), "infoHash");
    }

    /// Starts `starling get`, from nothing but the link and one node to boot from.
    Get get(String magnet, PrivateDht dht) {
        return get(magnet, dht, folder("get-data"));
    }

    /// The same with a data folder of an earlier one, to go on where it was.
    Get get(String magnet, PrivateDht dht, Path data) {
        Path out = folder("out");
        return new Get(
                starling(
                        "get",
                        data,
                        "get",
                        magnet,
                        "-o",
                        out.toString(),
                        "--listen",
                        address(),
                        "--bootstrap",
                        dht.bootstrap()),
                out);
    }

    /// A script of the tests' resources, copied out to be run.
    Path script(String name) {
        Path script = folder.resolve(name);
        try (InputStream in = Lab.class.getResourceAsStream("/interop/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource /interop/" + name);
            }
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return script;
    }

    void write(Path file, String text) {
        try {
            Files.createDirectories(parent(file));
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        open.reversed().forEach(Runnable::run);
        Folders.delete(folder);
    }
}
