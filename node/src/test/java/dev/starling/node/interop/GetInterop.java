package dev.starling.node.interop;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `starling get` with a magnet link of an infohash alone, from real seeders found in the DHT.
final class GetInterop extends OnPrivateDht {

    enum Seeder {
        ARIA2,
        LIBTORRENT
    }

    @ParameterizedTest
    @EnumSource(Seeder.class)
    void oneGibibyte(Seeder seeder) throws Exception {
        var content = Content.file(lab.path("seed/one.bin"), 1024 * Content.MIB, 1);

        download(content, seeder);
    }

    @ParameterizedTest
    @EnumSource(Seeder.class)
    void twoThousandFiles(Seeder seeder) throws Exception {
        var content = Content.folder(lab.path("seed/many"), 2_000, 256 * Content.MIB, 3);

        download(content, seeder);
    }

    private void download(Path content, Seeder seeder) throws Exception {
        Path torrent = lab.torrent(content);
        switch (seeder) {
            case ARIA2 -> rivals.aria2Seeder(torrent, Lab.parent(content));
            case LIBTORRENT -> rivals.libtorrentSeeder(torrent, Lab.parent(content));
        }
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
