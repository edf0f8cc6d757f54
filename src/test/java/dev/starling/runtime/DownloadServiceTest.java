package dev.starling.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.disk.TorrentMaker;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.Magnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadServiceTest {

    private static final long PATIENCE_SECONDS = 60;
    private static final int CONTENT_BYTES = 3_000_000;

    private final Random random = new Random(11);
    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir private Path folder;

    private PrivateDht dht;

    @BeforeEach
    void start() throws Exception {
        dht = PrivateDht.of("127.0.51", 4);
    }

    @AfterEach
    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
        dht.close();
    }

    @Test
    void magnetLinkAloneIsEnough() throws Exception {
        var info = make("film.bin", CONTENT_BYTES);
        share(info);
        var leech = service("leech");

        var told = new Told();
        var download = leech.add(Magnet.of(info.infoHash()), request("leech", List.of()), told);
        var path = download.completion().get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        assertThat(path).isEqualTo(folder.resolve("leech/film.bin"));
        assertThat(path).hasSameBinaryContentAs(folder.resolve("film.bin"));
        told.await("complete " + path);
        assertThat(told.all)
                .containsSubsequence(
                        "peers 1", "metadata film.bin", "opened 0", "complete " + path);
    }

    @Test
    void folderArrivesWithAllItsFiles() throws Exception {
        Files.createDirectories(folder.resolve("album/scans"));
        write(folder.resolve("album/a.flac"), 700_000);
        write(folder.resolve("album/scans/b.png"), 90_001);
        Files.createFile(folder.resolve("album/empty"));
        var info = TorrentMaker.make(folder.resolve("album"), OptionalInt.of(32_768), _ -> {});
        share(info);

        var path = get(service("leech"), info.infoHash(), "leech");

        for (var file : List.of("a.flac", "scans/b.png", "empty")) {
            assertThat(path.resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("album").resolve(file));
        }
    }

    @Test
    void restartNeedsNoPeersForWhatIsThere() throws Exception {
        var info = make("film.bin", CONTENT_BYTES);
        var seed = share(info);
        var first = service("leech");
        get(first, info.infoHash(), "leech");
        first.close();
        seed.close();

        var path = get(service("leech"), info.infoHash(), "leech");

        assertThat(path).hasSameBinaryContentAs(folder.resolve("film.bin"));
    }

    @Test
    void peerNamedByHandIsEnough() throws Exception {
        var info = make("film.bin", CONTENT_BYTES);
        var seed = service("seed");
        var _ = seed.share(info, folder, new DownloadListener() {});
        var lonely =
                DhtService.start(
                        new DhtService.Options(List.of("127.0.51.64"), 0, List.of(), false),
                        new RememberingStores(),
                        _ -> {});
        open.add(lonely);
        var leech = service("leech", lonely);

        var path =
                leech.add(
                                Magnet.of(info.infoHash()),
                                request("leech", seed.addresses()),
                                new DownloadListener() {})
                        .completion()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        assertThat(path).hasSameBinaryContentAs(folder.resolve("film.bin"));
    }

    @Test
    void leecherServesWhatItHasOnceItSeeds() throws Exception {
        var info = make("film.bin", CONTENT_BYTES);
        var seed = share(info);
        var middle = service("middle");
        var told = new Told();
        var kept =
                middle.add(
                        Magnet.of(info.infoHash()),
                        new DownloadService.Request(
                                folder.resolve("middle"), List.of(), List.of(), true),
                        told);
        kept.completion().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        seed.close();

        var path = get(service("last"), info.infoHash(), "last");

        assertThat(path).hasSameBinaryContentAs(folder.resolve("film.bin"));
        // A block counts when the kernel has taken it all, which its receiver does not wait for.
        PrivateDht.awaitTrue(
                () -> kept.status().sentBytes() >= CONTENT_BYTES, CONTENT_BYTES + " bytes sent");
    }

    @Test
    void torrentThatNobodyHasIsExplained() throws Exception {
        var told = new Told();

        var _ =
                service("leech")
                        .add(Magnet.of(Id.random(random)), request("leech", List.of()), told);

        told.await("stalled: no peers found in ");
    }

    @Test
    void closedDownloadSaysSo() throws Exception {
        var download =
                service("leech")
                        .add(
                                Magnet.of(Id.random(random)),
                                request("leech", List.of()),
                                new DownloadListener() {});

        download.close();

        assertThatThrownBy(() -> download.completion().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("stopped before it was complete");
    }

    private InfoDictionary make(String name, int bytes) throws IOException {
        return TorrentMaker.make(
                write(folder.resolve(name), bytes), OptionalInt.of(65_536), _ -> {});
    }

    private Path write(Path file, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return Files.write(file, content);
    }

    /// Seeds `info` and waits until the DHT knows.
    private DownloadService share(InfoDictionary info) throws Exception {
        var seed = service("seed");
        var told = new Told();
        var _ = seed.share(info, folder, told);
        told.await("announced");
        return seed;
    }

    private Path get(DownloadService service, Id infoHash, String to) throws Exception {
        return service.add(Magnet.of(infoHash), request(to, List.of()), new DownloadListener() {})
                .completion()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private DownloadService service(String name) throws IOException {
        return service(name, dht.join(_ -> {}));
    }

    private DownloadService service(String name, DhtService node) throws IOException {
        var options =
                new DownloadService.Options(
                        List.of(node.addresses().getFirst().address().toString()),
                        0,
                        folder.resolve("state-" + name));
        var service = DownloadService.start(options, node);
        open.add(service);
        return service;
    }

    private DownloadService.Request request(String to, List<Endpoint> peers) throws IOException {
        var target = Files.createDirectories(folder.resolve(to));
        return new DownloadService.Request(target, peers, List.of(), false);
    }

    /// Writes down what a listener is told.
    private static final class Told implements DownloadListener {

        private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
        private final List<String> all = new ArrayList<>();

        /// Waits for news that begin so, passing over others.
        void await(String beginning) throws InterruptedException {
            while (true) {
                var next = news.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("'" + beginning + "' is not among " + all);
                }
                all.add(next);
                if (next.startsWith(beginning)) {
                    return;
                }
            }
        }

        @Override
        public void peersFound(int found) {
            news.add("peers " + found);
        }

        @Override
        public void metadata(InfoDictionary info) {
            news.add("metadata " + info.name());
        }

        @Override
        public void opened(long haveBytes) {
            news.add("opened " + haveBytes);
        }

        @Override
        public void complete(Path path) {
            news.add("complete " + path);
        }

        @Override
        public void announced(int nodes, long elapsedNanos) {
            news.add("announced " + nodes);
        }

        @Override
        public void stalled(String reason, String hint) {
            news.add("stalled: " + reason);
        }
    }
}
