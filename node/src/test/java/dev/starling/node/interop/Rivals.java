package dev.starling.node.interop;

import dev.starling.bencode.BencodeWriter;
import dev.starling.id.Endpoint;
import dev.starling.runtime.DhtService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Real clients as the other side, each told of the private DHT in its own way.
final class Rivals {

    private static final String PYTHON = "/usr/bin/python3"; // where Debian puts python3-libtorrent

    /// Where it takes calls, if it has its address to itself.
    static final int ARIA2_PORT = 6900;

    private final Lab lab;
    private final PrivateDht dht;

    Rivals(Lab lab, PrivateDht dht) {
        this.lab = lab;
        this.dht = dht;
    }

    /// The address the next client made here will have.
    String nextAddress() {
        return lab.nextAddress();
    }

    LabProcess aria2Seeder(Path torrent, Path folder) {
        var command = aria2(lab.address(), folder);
        command.addAll(
                List.of(
                        "--bt-seed-unverified=true",
                        "--check-integrity=false",
                        "--seed-ratio=0",
                        torrent.toString()));
        return lab.run("aria2-seeder", command);
    }

    /// Ends by itself when complete.
    LabProcess aria2Leecher(String magnet, Path folder) {
        var command = aria2(lab.address(), folder);
        command.addAll(List.of("--seed-time=0", magnet));
        return lab.run("aria2-leecher", command);
    }

    private List<String> aria2(String address, Path folder) {
        return new ArrayList<>(
                List.of(
                        "aria2c",
                        "--dir=" + folder,
                        "--interface=" + address,
                        "--listen-port=" + ARIA2_PORT,
                        "--dht-listen-port=6900-6999",
                        "--enable-dht=true",
                        "--enable-dht6=false",
                        "--disable-ipv6=true",
                        "--dht-entry-point=" + dht.bootstrap(),
                        "--dht-file-path=" + folder.resolve("aria2-dht.dat"),
                        "--bt-enable-lpd=false",
                        "--enable-peer-exchange=false",
                        "--file-allocation=none",
                        "--no-conf=true",
                        "--summary-interval=0",
                        "--console-log-level=notice"));
    }

    LabProcess libtorrentSeeder(Path torrent, Path folder) {
        return libtorrentSeeder(torrent, folder, 0);
    }

    /// @param bytesPerSecond that it sends at most; 0 for as many as it can
    LabProcess libtorrentSeeder(Path torrent, Path folder, long bytesPerSecond) {
        var command =
                libtorrent(
                        folder,
                        "--torrent",
                        torrent.toString(),
                        "--upload-rate",
                        Long.toString(bytesPerSecond));
        return lab.run("libtorrent-seeder", command);
    }

    /// Ends by itself when complete.
    LabProcess libtorrentLeecher(String magnet, Path folder) {
        return lab.run("libtorrent-leecher", libtorrent(folder, "--magnet", magnet));
    }

    /// Joins the DHT, says so by `joined`, and downloads the link that comes to be in a file.
    LabProcess libtorrentWaiting(Path magnetFile, Path folder) {
        return lab.run(
                "libtorrent-waiting", libtorrent(folder, "--magnet-file", magnetFile.toString()));
    }

    /// Downloads a magnet link and takes more of them by [#aria2Add].
    LabProcess aria2Waiting(String magnet, String address, Path folder) {
        var command = aria2(address, folder);
        command.addAll(List.of("--enable-rpc=true", "--rpc-listen-all=true", magnet));
        return lab.run("aria2-waiting", command);
    }

    /// Gives one more link to the aria2 at this address.
    void aria2Add(String address, String magnet) throws IOException, InterruptedException {
        String call =
                """
                {"jsonrpc": "2.0", "id": "1", "method": "aria2.addUri", "params": [["%s"]]}\
                """
                        .formatted(magnet);
        var request =
                HttpRequest.newBuilder(URI.create("http://" + address + ":6800/jsonrpc"))
                        .POST(HttpRequest.BodyPublishers.ofString(call))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("aria2 answered " + answer.body());
            }
        }
    }

    /// Many DHT nodes in one process.
    ///
    /// @param announce infohash that the first of them announces
    /// @param wanted comes to be when they are to look for what it says
    /// @param bootstraps how many nodes each is told of
    LabProcess libtorrentNodes(List<String> listen, String announce, Path wanted, int bootstraps) {
        var command =
                new ArrayList<>(
                        List.of(PYTHON, lab.script("libtorrent_nodes.py").toString(), "--listen"));
        command.addAll(listen);
        command.addAll(List.of("--announce", announce, "--find", wanted.toString()));
        command.add("--bootstrap");
        for (var node : dht.others().subList(0, bootstraps)) {
            command.add(node.addresses().getFirst().toString());
        }
        return lab.run("libtorrent-nodes", command);
    }

    private List<String> libtorrent(Path folder, String... what) {
        var command =
                new ArrayList<>(
                        List.of(
                                PYTHON,
                                lab.script("libtorrent_peer.py").toString(),
                                "--listen",
                                lab.address() + ":6950",
                                "--bootstrap",
                                dht.bootstrap(),
                                "--folder",
                                folder.toString()));
        command.addAll(List.of(what));
        return command;
    }

    /// Transmission, seeding or downloading; `what` is a .torrent or a magnet link.
    Transmission transmission(String name, Path folder, String what) throws IOException {
        return new Transmission(lab, name, folder, what, this::writeDhtFile);
    }

    /// A saved table, because Transmission 3.00 needs over a minute to join from one address.
    private void writeDhtFile(Path config) {
        byte[] id = new byte[20];
        new SplittableRandom(7).nextBytes(id);
        List<Endpoint> nodes = new ArrayList<>();
        for (DhtService node : dht.others()) {
            nodes.add(node.addresses().get(0));
        }
        byte[] compact = new byte[6 * nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).copyCompactTo(compact, 6 * i);
        }
        var writer = new BencodeWriter();
        writer.beginDictionary().key("id").string(id).key("nodes").string(compact).end();
        try {
            Files.write(config.resolve("dht.dat"), writer.toBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
