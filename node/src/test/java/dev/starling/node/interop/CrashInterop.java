package dev.starling.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// `kill -9` in the middle of downloads, again and again.
final class CrashInterop extends OnPrivateDht {

    private static final int KILLS = 20;

    /// A good link of today. A kill costs what is on its way at that moment, some milliseconds of
    /// the link, so what share that is depends on how fast the link is: two processes on one
    /// machine lose more of a download than any two people would.
    private static final long BYTES_PER_SECOND = 40_000_000;

    /// On average twenty of them are over two thirds of the download.
    private static final int MOST_MILLIS = 1_800;

    /// Kills at random moments, which the rate spreads over the whole download.
    @Test
    void aDownloadKilledTwentyTimesEndsIdenticalAndFetchesLittleTwice() throws Exception {
        long seed = 99;
        var random = new SplittableRandom(seed);
        long length = 1024 * Content.MIB;
        var content = Content.file(lab.path("seed/killed.bin"), length, seed);
        Path torrent = lab.torrent(content);
        String magnet = lab.magnet(torrent);
        var seeder = rivals.libtorrentSeeder(torrent, Lab.parent(content), BYTES_PER_SECOND);
        dht.awaitPeers(lab.magnet(torrent), 1);
        Path data = lab.folder("killed-data");

        for (int kill = 0; kill < KILLS; kill++) {
            var get = lab.get(magnet, dht, data);
            get.process().awaitEvent("metadata", Lab.PATIENCE);
            Thread.sleep(random.nextInt(MOST_MILLIS));
            get.process().kill();
        }
        lab.get(magnet, dht, data).complete(content);
        seeder.signal("TERM");
        String ended = seeder.awaitEvent("ended", Lab.PATIENCE);
        long fetched = (long) LabProcess.number(ended, "sentBytes");

        double twice = (fetched - length) / (double) length;
        System.out.printf("measured: %d kills, %.2f %% downloaded twice%n", KILLS, 100 * twice);
        assertThat(twice).isLessThan(0.02);
    }
}
