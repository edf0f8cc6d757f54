package dev.starling.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metainfo.Torrent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `starling get` with a magnet link of an infohash alone, from real seeders found in the DHT.
@Tag("interop")
final class GetInterop {

    private Lab lab;
    private PrivateDht dht;
    private Rivals rivals;

    @BeforeEach
    void start() throws IOException {
        lab = new Lab();
        dht = new PrivateDht(lab);
        rivals = new Rivals(lab, dht);
    }

    @AfterEach
    void stop() throws IOException {
        lab.close();
    }

    @Test
    void oneGibibyteFromAria2() throws Exception {
        var content = Content.file(lab.path("seed/one.bin"), 1024 * Content.MIB, 1);
        Path torrent = lab.torrent(content);

        rivals.aria2Seeder(torrent, Lab.parent(content));
        awaitAnnounced(magnet(torrent));

        downloadsIdentically(torrent, content);
    }

    @Test
    void oneGibibyteFromLibtorrent() throws Exception {
        var content = Content.file(lab.path("seed/one.bin"), 1024 * Content.MIB, 2);
        Path torrent = lab.torrent(content);

        rivals.libtorrentSeeder(torrent, Lab.parent(content));
        awaitAnnounced(magnet(torrent));

        downloadsIdentically(torrent, content);
    }

    @Test
    void twoThousandFilesFromAria2() throws Exception {
        var content = Content.folder(lab.path("seed/many"), 2_000, 256 * Content.MIB, 3);
        Path torrent = lab.torrent(content);

        rivals.aria2Seeder(torrent, Lab.parent(content));
        awaitAnnounced(magnet(torrent));

        downloadsIdentically(torrent, content);
    }

    @Test
    void twoThousandFilesFromLibtorrent() throws Exception {
        var content = Content.folder(lab.path("seed/many"), 2_000, 256 * Content.MIB, 4);
        Path torrent = lab.torrent(content);

        rivals.libtorrentSeeder(torrent, Lab.parent(content));
        awaitAnnounced(magnet(torrent));

        downloadsIdentically(torrent, content);
    }

    @Test
    void sixtyFourMebibytesFromTransmission() throws Exception {
        var content = Content.file(lab.path("seed/some.bin"), 64 * Content.MIB, 5);
        Path torrent = lab.torrent(content);

        rivals.transmission("transmission-seeder", Lab.parent(content), torrent.toString());
        awaitAnnounced(magnet(torrent));

        downloadsIdentically(torrent, content);
    }

    /// Nobody announces until the download has begun: it must find the seeder all the same, soon.
    @Test
    void aMagnetAddedBeforeItsSeederIsFoundWhenTheSeederComes() throws Exception {
        var content = Content.file(lab.path("seed/late.bin"), 16 * Content.MIB, 6);
        Path torrent = lab.torrent(content);
        Path out = lab.folder("out");

        var get = get(magnet(torrent), out);
        get.awaitEvent("bootstrapped", Lab.PATIENCE);
        rivals.libtorrentSeeder(torrent, Lab.parent(content)).awaitEvent("ready", Lab.PATIENCE);

        get.awaitEvent("complete", Duration.ofSeconds(30));
        assertThat(get.awaitExit(Lab.PATIENCE)).isZero();
        assertThat(Content.sha256(out.resolve("late.bin"))).isEqualTo(Content.sha256(content));
    }

    private LabProcess get(String magnet, Path out) {
        return lab.starling(
                "get",
                "get",
                magnet,
                "-o",
                out.toString(),
                "--listen",
                lab.address(),
                "--bootstrap",
                dht.bootstrap());
    }

    private void downloadsIdentically(Path torrent, Path content) throws IOException {
        Path out = lab.folder("out");

        var get = get(magnet(torrent), out);
        get.awaitEvent("complete", Duration.ofMinutes(2));
        assertThat(get.awaitExit(Lab.PATIENCE)).isZero();

        String metadata = get.awaitEvent("metadata", Lab.PATIENCE);
        String complete = get.awaitEvent("complete", Lab.PATIENCE);
        String bootstrapped = get.awaitEvent("bootstrapped", Lab.PATIENCE);
        assertThat(Content.sha256(out.resolve(content.getFileName())))
                .isEqualTo(Content.sha256(content));
        System.out.println(
                "measured: "
                        + content.getFileName()
                        + " bootstrapped "
                        + LabProcess.number(bootstrapped, "seconds")
                        + " s, metadata "
                        + LabProcess.number(metadata, "seconds")
                        + " s, complete "
                        + LabProcess.number(complete, "seconds")
                        + " s");
    }

    /// Waits until a lookup finds the seeder, so that what follows measures us and not its start.
    private void awaitAnnounced(String magnet) {
        String infoHash = magnet.substring("magnet:?xt=urn:btih:".length());
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (true) {
            var lookup =
                    lab.starling(
                            "lookup",
                            "dht",
                            "lookup",
                            infoHash,
                            "--listen",
                            lab.address(),
                            "--bootstrap",
                            dht.bootstrap());
            lookup.awaitExit(Lab.PATIENCE);
            String line = lookup.awaitEvent("lookup", Lab.PATIENCE);
            if (LabProcess.number(line, "peers") > 0) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the seeder has not announced itself: " + line);
            }
        }
    }

    private static String magnet(Path torrent) throws IOException {
        return switch (Torrent.read(Files.readAllBytes(torrent))) {
            case Torrent.Loaded(Torrent loaded) ->
                    "magnet:?xt=urn:btih:" + loaded.info().infoHash().hex();
            case Torrent.Refused(String reason) -> throw new AssertionError(reason);
        };
    }
}
