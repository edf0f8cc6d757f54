package dev.starling.node.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a gibibyte costs: Starling, libtorrent and aria2 in turn, in the same run. Asserts only
/// that each ends; the figures are printed, and kept in docs/benchmarks/transfer.md.
final class TransferInterop extends OnPrivateDht {

    private static final long LENGTH = 1024 * Content.MIB;

    @Test
    void oneGibibyteFromOneAria2Seeder() throws Exception {
        var content = Content.file(lab.path("seed/one.bin"), LENGTH, 41);
        Path torrent = lab.torrent(content);
        rivals.aria2Seeder(torrent, Lab.parent(content));
        leechers(torrent, content, 1);
    }

    @Test
    void oneGibibyteFromFourLibtorrentSeeders() throws Exception {
        var content = Content.file(lab.path("seed/four.bin"), LENGTH, 42);
        Path torrent = lab.torrent(content);
        for (int i = 0; i < 4; i++) {
            rivals.libtorrentSeeder(torrent, Lab.parent(content));
        }
        leechers(torrent, content, 4);
    }

    private void leechers(Path torrent, Path content, int seeders) throws IOException {
        String magnet = lab.magnet(torrent);
        dht.awaitPeers(magnet, seeders);
        Meter starling = new Meter(lab.get(magnet, dht, lab.folder("a-data")).process());
        starling.report("get, " + seeders + " seeders");
        clear(content);
        new Meter(rivals.libtorrentLeecher(magnet, lab.folder("out")))
                .report("libtorrent, " + seeders + " seeders");
        clear(content);
        new Meter(rivals.aria2Leecher(magnet, lab.folder("out")))
                .report("aria2, " + seeders + " seeders");
        clear(content);
    }

    @Test
    void oneGibibyteToOneLibtorrentLeecher() throws Exception {
        var content = Content.file(lab.path("seed/shared.bin"), LENGTH, 43);
        Path torrent = lab.torrent(content);
        String magnet = lab.magnet(torrent);
        var share =
                lab.starling(
                        "share",
                        "share",
                        content.toString(),
                        "--listen",
                        lab.address(),
                        "--bootstrap",
                        dht.bootstrap());
        share.awaitEvent("announced", Lab.PATIENCE);
        leech("share", share, magnet, content);
        leech(
                "libtorrent seeder",
                rivals.libtorrentSeeder(torrent, Lab.parent(content)),
                magnet,
                content);
        leech("aria2 seeder", rivals.aria2Seeder(torrent, Lab.parent(content)), magnet, content);
    }

    private void leech(String name, LabProcess seeder, String magnet, Path content)
            throws IOException {
        dht.awaitPeers(magnet, 1);
        new Meter(rivals.libtorrentLeecher(magnet, lab.folder("out")))
                .report("libtorrent leecher of " + name);
        System.out.println("measured: " + name + ", whole process so far: " + Meter.of(seeder));
        seeder.kill();
        clear(content);
    }

    private void clear(Path content) throws IOException {
        List<Path> left = new ArrayList<>();
        try (var walk = Files.walk(lab.folder("out"))) {
            walk.filter(Files::isRegularFile).forEach(left::add);
        }
        for (Path file : left) {
            Files.delete(file);
        }
        if (left.stream().noneMatch(file -> file.endsWith(content.getFileName()))) {
            throw new AssertionError("nothing was downloaded: " + left);
        }
    }
}
