package dev.starling.bench;

import dev.starling.disk.TorrentMaker;
import dev.starling.metainfo.Magnet;
import dev.starling.node.Folders;
import dev.starling.node.Main;
import dev.starling.runtime.DhtService;
import dev.starling.runtime.Stores;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/// The run from which the build makes the start-up cache (JDK 25's AOT cache).
///
/// Whatever classes these commands load, and whatever methods they use often, a later start finds
/// ready: so they are the commands themselves, as people run them, with their stores. They leave
/// nothing behind.
final class StartupTraining {

    private static final String LOOPBACK = "127.0.0.1";

    /// Time enough for a download of a second; one that hangs must not hang the build.
    private static final Duration GET_AT_MOST = Duration.ofSeconds(60);

    /// So much that what moves bytes is compiled in training: a later run then compiles that at
    /// once and little else.
    private static final int MEBIBYTES = 256;

    /// As many as a lookup asks, so that one is trained whole.
    private static final int NODES = 8;

    private StartupTraining() {}

    /// Runs the commands; the JVM's options say where the cache goes.
    public static void main(String[] args) throws IOException, InterruptedException {
        Main.run("--version");
        Main.run("--help");
        Main.run("bench", "hash", "--help");
        Main.run("bench", "no-such-benchmark");
        Path folder = Files.createTempDirectory("starling-training");
        try {
            transfer(folder);
        } finally {
            Folders.delete(folder);
        }
        System.exit(0); // As the program does: ending with a status loads classes too.
    }

    /// A seeder and a downloader, each as its command makes it, in a DHT of a few nodes.
    private static void transfer(Path folder) throws IOException, InterruptedException {
        Path file = file(Files.createDirectory(folder.resolve("shared")).resolve("training.bin"));
        var magnet = Magnet.of(TorrentMaker.make(file, OptionalInt.empty(), done -> {}).infoHash());
        String bootstrap = bootstrap();
        Thread.ofPlatform()
                .daemon()
                .start(() -> run("share", file.toString(), folder.resolve("seeder"), bootstrap));
        Thread.ofPlatform()
                .daemon()
                .start(() -> run("get", magnet.toUri(), folder.resolve("leecher"), bootstrap))
                .join(GET_AT_MOST);
    }

    private static void run(String command, String what, Path data, String bootstrap) {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of(command, what, "--json", "--listen", LOOPBACK));
        arguments.addAll(List.of("--bootstrap", bootstrap, "--data", data.toString()));
        if (command.equals("get")) {
            arguments.addAll(List.of("--output", data.resolve("files").toString()));
        }
        Main.run(arguments.toArray(String[]::new));
    }

    /// Starts the nodes and returns where the first one is.
    private static String bootstrap() throws IOException {
        List<String> first = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            var options = new DhtService.Options(List.of(LOOPBACK), 0, List.copyOf(first), false);
            var node = DhtService.start(options, Stores.inMemory(), told -> {});
            if (first.isEmpty()) {
                first.add(node.addresses().getFirst().toString());
            }
        }
        return first.getFirst();
    }

    private static Path file(Path path) throws IOException {
        var random = new SplittableRandom(1);
        byte[] chunk = new byte[1 << 20];
        try (var out = new BufferedOutputStream(Files.newOutputStream(path))) {
            for (int i = 0; i < MEBIBYTES; i++) {
                random.nextBytes(chunk);
                out.write(chunk);
            }
        }
        return path;
    }
}
