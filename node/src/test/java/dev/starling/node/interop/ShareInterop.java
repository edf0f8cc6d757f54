package dev.starling.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// `starling share`, downloaded by real clients that find it in the DHT by magnet link.
final class ShareInterop extends OnPrivateDht {

    @Test
    void oneGibibyteToLibtorrent() throws Exception {
        var content = Content.file(lab.path("seed/one.bin"), 1024 * Content.MIB, 11);
        String magnet = share(content);

        var leecher = rivals.libtorrentLeecher(magnet, lab.folder("out"));

        String peers = leecher.awaitEvent("peers", Lab.PATIENCE);
        System.out.println(
                "measured: libtorrent found share in "
                        + LabProcess.number(peers, "seconds")
                        + " s");
        leecher.awaitEvent("complete", Duration.ofMinutes(2));
        isIdentical(content);
    }

    @Test
    void twoThousandFilesToLibtorrent() throws Exception {
        var content = Content.folder(lab.path("seed/many"), 2_000, 256 * Content.MIB, 12);
        String magnet = share(content);

        var leecher = rivals.libtorrentLeecher(magnet, lab.folder("out"));

        leecher.awaitEvent("complete", Duration.ofMinutes(2));
        isIdentical(content);
    }

    @Test
    void oneGibibyteToAria2() throws Exception {
        var content = Content.file(lab.path("seed/one.bin"), 1024 * Content.MIB, 13);
        String magnet = share(content);

        var leecher = rivals.aria2Leecher(magnet, lab.folder("out"));

        assertThat(leecher.awaitExit(Duration.ofMinutes(2))).isZero();
        isIdentical(content);
    }

    @Test
    void twoThousandFilesToAria2() throws Exception {
        var content = Content.folder(lab.path("seed/many"), 2_000, 256 * Content.MIB, 14);
        String magnet = share(content);

        var leecher = rivals.aria2Leecher(magnet, lab.folder("out"));

        assertThat(leecher.awaitExit(Duration.ofMinutes(2))).isZero();
        isIdentical(content);
    }

    @Test
    void sixtyFourMebibytesToTransmission() throws Exception {
        var content = Content.file(lab.path("seed/some.bin"), 64 * Content.MIB, 15);
        String magnet = share(content);

        var leecher = rivals.transmission("transmission-leecher", lab.folder("out"), magnet);

        leecher.awaitComplete(Duration.ofMinutes(3));
        isIdentical(content);
    }

    private String share(Path content) {
        var share =
                lab.starling(
                        "share",
                        "share",
                        content.toString(),
                        "--listen",
                        lab.address(),
                        "--bootstrap",
                        dht.bootstrap());
        String magnet = LabProcess.text(share.awaitEvent("ready", Lab.PATIENCE), "magnet");
        String announced = share.awaitEvent("announced", Lab.PATIENCE);
        assertThat(LabProcess.number(announced, "nodes")).isPositive();
        return magnet.contains("&") ? magnet.substring(0, magnet.indexOf('&')) : magnet;
    }

    private void isIdentical(Path content) throws IOException {
        assertThat(Content.sha256(lab.path("out").resolve(content.getFileName())))
                .isEqualTo(Content.sha256(content));
    }
}
