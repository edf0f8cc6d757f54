package dev.starling.node;

import dev.starling.disk.TorrentMaker;
import dev.starling.id.Endpoint;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.Magnet;
import dev.starling.runtime.DhtService;
import dev.starling.runtime.Download;
import dev.starling.runtime.DownloadListener;
import dev.starling.runtime.DownloadService;
import dev.starling.runtime.Stores;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One run of the demo: a private DHT, a seeder, and someone who has nothing but a magnet link.
final class Demo implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    /// Each step takes a second or two; a step that takes this long has failed.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int STEPS = 5;

    private final Plan plan;
    private final Path folder;
    private final Output output;
    private final Interrupt interrupt;
    private final List<Runnable> running = new ArrayList<>();
    private final List<DhtService> nodes = new ArrayList<>();
    private int step;

    /// How large it is to be.
    record Plan(int nodes, long lengthBytes) {}

    Demo(Plan plan, Path folder, Output output, Interrupt interrupt) {
        this.plan = plan;
        this.folder = folder;
        this.output = output;
        this.interrupt = interrupt;
    }

    /// @throws InterruptedException soon after an interrupt, at the latest between two steps
    void run() throws Failure, IOException, InterruptedException {
        startNetwork();
        Path original = makeFile();
        Magnet magnet = share(original);
        Path copy = get(magnet);
        compare(original, copy);
    }

    private void startNetwork() throws Failure, IOException, InterruptedException {
        var watch = begin("a private DHT of " + plan.nodes() + " nodes on " + LOOPBACK);
        var settled = new CountDownLatch(plan.nodes() - 1);
        for (int i = 0; i < plan.nodes(); i++) {
            interrupt.check();
            nodes.add(
                    node(told -> {
                        if (told instanceof dev.starling.dht.DhtEffect.Bootstrapped) {
                            settled.countDown();
                        }
                    }));
        }
        if (!isDoneInTime(settled)) {
            throw new Failure(
                    "the private DHT did not come together",
                    "Is UDP on " + LOOPBACK + " blocked by a firewall?");
        }
        int contacts = nodes.stream().mapToInt(DhtService::contactCount).sum() / nodes.size();
        done("every node has joined, " + contacts + " contacts each on average", watch);
        output.event(
                Event.of("network")
                        .number("nodes", nodes.size())
                        .fraction("seconds", watch.seconds()));
    }

    private boolean isDoneInTime(CountDownLatch latch) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            interrupt.check();
            if (latch.await(100, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    private Path makeFile() throws IOException, InterruptedException {
        var watch = begin("a file of " + Units.bytes(plan.lengthBytes()) + " random bytes");
        Path file = Files.createDirectories(folder.resolve("original")).resolve("starling.bin");
        var random = new SplittableRandom(System.nanoTime());
        byte[] chunk = new byte[1 << 16];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (long left = plan.lengthBytes(); left > 0; left -= chunk.length) {
                interrupt.check();
                random.nextBytes(chunk);
                out.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
        }
        done("written", watch);
        return file;
    }

    private Magnet share(Path original) throws Failure, IOException, InterruptedException {
        var watch = begin("a seeder hashes it and announces it to the DHT");
        InfoDictionary info = TorrentMaker.make(original, OptionalInt.empty(), done -> {});
        var announced = new CountDownLatch(1);
        downloads("seeder")
                .share(
                        info,
                        folder.resolve("original"),
                        new DownloadListener() {
                            @Override
                            public void announced(int count, long elapsedNanos) {
                                announced.countDown();
                            }
                        });
        if (!isDoneInTime(announced)) {
            throw new Failure("the DHT stored no announce", "");
        }
        var magnet = Magnet.of(info.infoHash());
        done(output.bold(magnet.toUri()), watch);
        output.event(
                Event.of("shared")
                        .text("magnet", magnet.toUri())
                        .fraction("seconds", watch.seconds()));
        return magnet;
    }

    private Path get(Magnet magnet) throws Failure, IOException, InterruptedException {
        var watch = begin("someone else downloads it, knowing that link alone");
        var request =
                new DownloadService.Request(
                        Files.createDirectories(folder.resolve("copy")),
                        List.of(),
                        List.of(),
                        false);
        var report = new DownloadReport(output, watch);
        Download download = downloads("leecher").add(magnet, request, report);
        Path copy = await(download);
        report.completed(copy, download.status());
        return copy;
    }

    private Path await(Download download) throws Failure, InterruptedException {
        try (var bar = new ProgressLine(output, "downloading", plan.lengthBytes())) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline) {
                interrupt.check();
                try {
                    return download.completion().get(100, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    bar.at(download.status().haveBytes());
                }
            }
        } catch (ExecutionException e) {
            throw new Failure("the download failed: " + e.getCause(), "", e);
        }
        throw new Failure("the download has not ended within " + Units.duration(PATIENCE), "");
    }

    private void compare(Path original, Path copy)
            throws Failure, IOException, InterruptedException {
        var watch = begin("both files are compared by SHA-256");
        String expected = sha256(original);
        String found = sha256(copy);
        if (!expected.equals(found)) {
            throw new Failure("the copy differs: " + found + " is not " + expected, "");
        }
        done(output.green("identical") + "  " + found, watch);
        output.event(Event.of("verified").text("sha256", found).flag("identical", true));
    }

    private DhtService node(dev.starling.runtime.DhtListener listener) throws IOException {
        List<String> bootstrap =
                nodes.isEmpty()
                        ? List.of()
                        : nodes.getFirst().addresses().stream().map(Endpoint::toString).toList();
        var settings = new DhtService.Options(List.of(LOOPBACK), 0, bootstrap, false);
        var service = DhtService.start(settings, Stores.inMemory(), listener);
        running.add(service::close);
        return service;
    }

    private DownloadService downloads(String name) throws IOException {
        var settings = new DownloadService.Options(List.of(LOOPBACK), 0, folder.resolve(name));
        var service = DownloadService.start(settings, node(told -> {}));
        running.add(service::close);
        return service;
    }

    private Stopwatch begin(String what) throws InterruptedException {
        interrupt.check();
        step++;
        output.result(output.bold(step + "/" + STEPS) + "  " + what);
        return Stopwatch.sinceNow();
    }

    private void done(String what, Stopwatch watch) {
        output.result(
                String.format(
                        Locale.ROOT,
                        "     %s  %s",
                        what,
                        output.faint(Units.duration(watch.elapsed()))));
    }

    private String sha256(Path file) throws IOException, InterruptedException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        byte[] buffer = new byte[1 << 18];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                interrupt.check();
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        running.reversed().forEach(Runnable::run);
    }
}
