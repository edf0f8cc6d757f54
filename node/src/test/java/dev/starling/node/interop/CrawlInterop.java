package dev.starling.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `starling crawl` in a DHT with libtorrent nodes, of torrents that real clients seed: found,
/// fetched, catalogued, searched and downloaded.
final class CrawlInterop extends OnPrivateDht {

    private static final int LIBTORRENT_NODES = 4;

    /// A sweep of a few dozen nodes, and what the silent among them are waited for.
    private static final Duration CRAWL = Duration.ofMinutes(3);

    @Test
    void torrentsOfRealClientsAreFoundCataloguedSearchedAndDownloaded() throws Exception {
        for (int i = 0; i < LIBTORRENT_NODES; i++) {
            libtorrentNode(i);
        }
        var first = Content.file(lab.path("seed1/Ubuntu Remix Server.bin"), 4 * Content.MIB, 1);
        var second = Content.folder(lab.path("seed2/Night Train"), 60, 8 * Content.MIB, 2);
        Path firstTorrent = lab.torrent(first);
        Path secondTorrent = lab.torrent(second);
        rivals.transmission("transmission-seeder", Lab.parent(first), firstTorrent.toString());
        rivals.libtorrentSeeder(secondTorrent, Lab.parent(second));
        String firstMagnet = lab.magnet(firstTorrent);
        String secondMagnet = lab.magnet(secondTorrent);
        dht.awaitPeers(firstMagnet, 1);
        dht.awaitPeers(secondMagnet, 1);
        Path data = lab.folder("crawl-data");

        var crawl =
                lab.starling(
                        "crawl",
                        data,
                        "crawl",
                        "--once",
                        "--listen",
                        lab.address(),
                        "--bootstrap",
                        dht.bootstrap());

        assertThat(crawl.awaitExit(CRAWL)).isZero();
        String summary = crawl.awaitEvent("summary", Lab.PATIENCE);
        assertThat(LabProcess.number(summary, "metadata")).isEqualTo(2);
        assertThat(LabProcess.number(summary, "nodesVisited"))
                .isGreaterThanOrEqualTo(PrivateDht.NODES);
        assertThat(search(data, "ubuntu server")).isEqualTo(firstMagnet);
        assertThat(search(data, "night train")).isEqualTo(secondMagnet);
        lab.get(firstMagnet, dht, lab.folder("get1-data")).complete(first);
        lab.get(secondMagnet, dht, lab.folder("get2-data")).complete(second);
    }

    /// A DHT node of libtorrent that does nothing but answer.
    private void libtorrentNode(int number) {
        lab.run(
                "libtorrent-node-" + number,
                List.of(
                        "/usr/bin/python3",
                        lab.script("libtorrent_dht.py").toString(),
                        "--listen",
                        lab.address() + ":6881",
                        "--bootstrap",
                        dht.bootstrap(),
                        "serve",
                        "600"));
    }

    /// The magnet link, of an infohash alone, of the first result.
    private String search(Path data, String words) {
        var search = lab.starling("search", data, "search", words);
        String hit = search.awaitEvent("torrent", Lab.PATIENCE);
        return "magnet:?xt=urn:btih:" + LabProcess.text(hit, "infoHash");
    }
}
