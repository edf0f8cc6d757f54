package dev.starling.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `kill -9` in the middle of downloads, again and again.
@Tag("interop")
final class CrashInterop {

    private static final int KILLS = 20;

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

    /// Kills at moments spread over the download: after a random number of bytes more each time.
    @Test
    void aDownloadKilledTwentyTimesEndsIdenticalAndFetchesLittleTwice() throws Exception {
        long seed = 99;
        var random = new SplittableRandom(seed);
        long length = 1024 * Content.MIB;
        var content = Content.file(lab.path("seed/killed.bin"), length, seed);
        Path torrent = lab.torrent(content);
        String magnet = "magnet:?xt=urn:btih:" + infoHash(torrent);
        rivals.libtorrentSeeder(torrent, Lab.parent(content)).awaitEvent("ready", Lab.PATIENCE);
        Path out = lab.folder("out");
        Path data = lab.folder("killed-data");

        long received = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            var get = get(magnet, out, data);
            get.awaitEvent("metadata", Lab.PATIENCE);
            Thread.sleep(random.nextInt(120));
            get.kill();
            received += lastReceived(get);
        }
        var get = get(magnet, out, data);
        String complete = get.awaitEvent("complete", Duration.ofMinutes(2));

        assertThat(get.awaitExit(Lab.PATIENCE)).isZero();
        assertThat(Content.sha256(out.resolve("killed.bin"))).isEqualTo(Content.sha256(content));
        System.out.println(
                "measured: " + KILLS + " kills, seed " + seed + ", " + complete + ", " + received);
    }

    private static long lastReceived(LabProcess get) {
        var progress = get.events("progress");
        return progress.isEmpty()
                ? 0
                : (long) LabProcess.number(progress.get(progress.size() - 1), "haveBytes");
    }

    private LabProcess get(String magnet, Path out, Path data) {
        return lab.starling(
                "get",
                data,
                "get",
                magnet,
                "-o",
                out.toString(),
                "--listen",
                lab.address(),
                "--bootstrap",
                dht.bootstrap());
    }

    private String infoHash(Path torrent) {
        var show = lab.starling("show", "show", torrent.toString());
        return LabProcess.text(show.awaitEvent("torrent", Lab.PATIENCE), "infoHash");
    }
}
