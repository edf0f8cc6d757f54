package dev.starling.node.interop;

import java.io.IOException;
import java.nio.file.Path;
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
        dht.awaitPeers(lab.magnet(torrent), 1);

        lab.get(lab.magnet(torrent), dht).complete(content);
    }

    @Test
    void oneGibibyteFromLibtorrent() throws Exception {
        var content = Content.file(lab.path("seed/one.bin"), 1024 * Content.MIB, 2);
        Path torrent = lab.torrent(content);

        rivals.libtorrentSeeder(torrent, Lab.parent(content));
        dht.awaitPeers(lab.magnet(torrent), 1);

        lab.get(lab.magnet(torrent), dht).complete(content);
    }

    @Test
    void twoThousandFilesFromAria2() throws Exception {
        var content = Content.folder(lab.path("seed/many"), 2_000, 256 * Content.MIB, 3);
        Path torrent = lab.torrent(content);

        rivals.aria2Seeder(torrent, Lab.parent(content));
        dht.awaitPeers(lab.magnet(torrent), 1);

        lab.get(lab.magnet(torrent), dht).complete(content);
    }

    @Test
    void twoThousandFilesFromLibtorrent() throws Exception {
        var content = Content.folder(lab.path("seed/many"), 2_000, 256 * Content.MIB, 4);
        Path torrent = lab.torrent(content);

        rivals.libtorrentSeeder(torrent, Lab.parent(content));
        dht.awaitPeers(lab.magnet(torrent), 1);

        lab.get(lab.magnet(torrent), dht).complete(content);
    }

    @Test
    void sixtyFourMebibytesFromTransmission() throws Exception {
        var content = Content.file(lab.path("seed/some.bin"), 64 * Content.MIB, 5);
        Path torrent = lab.torrent(content);

        rivals.transmission("transmission-seeder", Lab.parent(content), torrent.toString());
        dht.awaitPeers(lab.magnet(torrent), 1);

        lab.get(lab.magnet(torrent), dht).complete(content);
    }

    /// Nobody announces until the download has begun: it must find the seeder all the same, soon.
    @Test
    void aMagnetAddedBeforeItsSeederIsFoundWhenTheSeederComes() throws Exception {
        var content = Content.file(lab.path("seed/late.bin"), 16 * Content.MIB, 6);
        Path torrent = lab.torrent(content);

        var get = lab.get(lab.magnet(torrent), dht);
        get.process().awaitEvent("bootstrapped", Lab.PATIENCE);
        rivals.libtorrentSeeder(torrent, Lab.parent(content)).awaitEvent("ready", Lab.PATIENCE);

        get.complete(content);
    }
}
