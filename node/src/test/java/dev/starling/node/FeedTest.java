package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.runtime.DhtService;
import dev.starling.runtime.Stores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that store in the DHT, run as a person runs them in a private DHT: `publish` and
/// `follow`, then `dht put`, `get`, `scrape` and `sample`.
final class FeedTest {

    private static final String NETWORK = "127.0.61.";
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final int FILE_BYTES = 400_000;

    @TempDir private Path folder = Path.of("");

    private final List<DhtService> nodes = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();
    private int commands;

    /// A command under way on a thread of its own.
    private record Running(Thread thread, StringWriter out, StringWriter err) {

        /// Ends it as Ctrl-C would.
        void stop() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }

        /// The line of the `count`-th such event.
        String await(String event, int count) {
            var wanted = Pattern.compile("\\{\"event\":\"" + event + "\".*\\}");
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (true) {
                var lines = wanted.matcher(out.toString()).results().toList();
                if (lines.size() >= count) {
                    return lines.get(count - 1).group();
                }
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("no " + event + ": " + out + err);
                }
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    @BeforeEach
    void startNodes() throws IOException {
        for (int i = 1; i <= 4; i++) {
            var options = new DhtService.Options(List.of(NETWORK + i), 0, bootstrap(), false);
            nodes.add(DhtService.start(options, Stores.inMemory(), told -> {}));
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (var command : running) {
            command.stop();
        }
        nodes.forEach(DhtService::close);
    }

    private List<String> bootstrap() {
        return nodes.isEmpty()
                ? List.of()
                : List.of(nodes.getFirst().addresses().getFirst().toString());
    }

    /// Begins a command that joins this network, with a data folder of this name.
    private Running begin(String data, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--json", "--data", folder.resolve(data).toString()));
        all.addAll(List.of("--listen", NETWORK + (100 + commands++)));
        all.addAll(List.of("--bootstrap", bootstrap().getFirst()));
        var out = new StringWriter();
        var err = new StringWriter();
        String[] line = all.toArray(String[]::new);
        var thread =
                Thread.ofVirtual()
                        .start(() ->
                                Main.commandLine(line)
                                        .setOut(new PrintWriter(out))
                                        .setErr(new PrintWriter(err))
                                        .execute(line));
        var command = new Running(thread, out, err);
        running.add(command);
        return command;
    }

    private void write(Path file, long seed) throws IOException {
        byte[] bytes = new byte[FILE_BYTES];
        new SplittableRandom(seed).nextBytes(bytes);
        Files.write(file, bytes);
    }

    private static String field(String event, String name) {
        var matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]+)").matcher(event);
        assertThat(matcher.find()).as(name + " in " + event).isTrue();
        return matcher.group(1);
    }

    @Test
    void followersGetEachNewVersionAndDownloadOnlyWhatChanged() throws Exception {
        var feed = Files.createDirectories(folder.resolve("source/feed"));
        write(feed.resolve("same.bin"), 1);
        write(feed.resolve("changing.bin"), 2);
        var first = begin("publisher", "publish", feed.toString(), "--key", "feed");
        first.await("published", 1);
        var magnet = field(first.await("ready", 1), "magnet");
        var out = folder.resolve("followed");

        var follower = begin("follower", "follow", magnet, "-o", out.toString(), "--every", "1s");
        follower.await("complete", 1);
        assertThat(out.resolve("feed/changing.bin"))
                .hasSameBinaryContentAs(feed.resolve("changing.bin"));
        first.stop();
        write(feed.resolve("changing.bin"), 3);
        Files.writeString(feed.resolve("new.txt"), "new");
        var second = begin("publisher", "publish", feed.toString(), "--key", "feed");
        var later = second.await("published", 1);
        var complete = follower.await("complete", 2);

        assertThat(field(second.await("ready", 1), "magnet")).isEqualTo(magnet);
        assertThat(Long.parseLong(field(later, "seq")))
                .isGreaterThan(Long.parseLong(field(first.await("published", 1), "seq")));
        for (var file : List.of("same.bin", "changing.bin", "new.txt")) {
            assertThat(out.resolve("feed").resolve(file))
                    .hasSameBinaryContentAs(feed.resolve(file));
        }
        assertThat(Long.parseLong(field(complete, "receivedBytes")))
                .isLessThan(2 * FILE_BYTES - FILE_BYTES / 4);
    }

    @Test
    void whatIsPutIsGotByHashOrByKey() {
        var put = begin("putter", "dht", "put", "Hello World!").await("put", 1);
        var got = begin("getter", "dht", "get", field(put, "target"));
        assertThat(field(put, "target")).isEqualTo("e5f96f6f38320f0f33959cb4d3d656452117aadb");
        assertThat(field(got.await("item", 1), "value"))
                .isEqualTo("31323a48656c6c6f20576f726c6421");

        var one = begin("putter", "dht", "put", "one", "--key", "door", "--salt", "s");
        one.await("put", 1);
        var two =
                begin("putter2", "dht", "put", "two", "--key", "door", "--salt", "s")
                        .await("put", 1); // another key, for the data folder is another
        var three =
                begin("putter", "dht", "put", "three", "--key", "door", "--salt", "s")
                        .await("put", 1);
        var key = field(three, "publicKey");
        var item = begin("getter", "dht", "get", key, "--salt", "s").await("item", 1);

        assertThat(field(two, "publicKey")).isNotEqualTo(key);
        assertThat(field(three, "seq")).isEqualTo("2");
        assertThat(field(item, "value")).isEqualTo("353a7468726565");
    }

    @Test
    void aShareIsCountedAndSampled() throws Exception {
        var file = folder.resolve("file.bin");
        write(file, 5);
        var share = begin("sharer", "share", file.toString(), "--no-qr");
        share.await("announced", 1);
        var infoHash = field(share.await("ready", 1), "infoHash");

        var scrape = begin("visitor", "dht", "scrape", infoHash).await("scrape", 1);
        var sample = begin("visitor", "dht", "sample", bootstrap().getFirst()).await("samples", 1);

        assertThat(Double.parseDouble(field(scrape, "seeds"))).isBetween(0.9, 1.1);
        assertThat(Double.parseDouble(field(scrape, "peers"))).isZero();
        assertThat(sample).contains(infoHash);
    }

    @Test
    void keysAreKeptFromOthersAndNeverWrittenOver() throws Exception {
        String data = folder.resolve("keys-data").toString();
        var out = new StringWriter();
        int made = run(out, "key", "new", "mine", "--data", data);
        int again = run(out, "key", "new", "mine", "--data", data);
        out.getBuffer().setLength(0);
        run(out, "key", "export", "mine", "--data", data);
        var exported = folder.resolve("exported.key");
        Files.writeString(exported, out.toString());
        int taken = run(out, "key", "import", "copy", exported.toString(), "--data", data);
        out.getBuffer().setLength(0);
        run(out, "key", "list", "--data", data);
        var lines = out.toString().lines().toList();

        assertThat(made).isZero();
        assertThat(again).isEqualTo(1);
        assertThat(taken).isZero();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).substring(0, 64)).isEqualTo(lines.get(1).substring(0, 64));
        var file = Path.of(data, "keys", "mine.key");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(Files.getPosixFilePermissions(Path.of(data, "keys"))).hasSize(3);
    }

    private static int run(StringWriter out, String... arguments) {
        return Main.commandLine(arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }
}
