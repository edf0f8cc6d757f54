package dev.starling.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How soon real clients call `starling share` when it has just said `announced`.
///
/// The clients have joined the DHT before, with a link that leads nowhere, and are given the true
/// one then; their calls are seen in the kernel's list of connections. What of the time is the
/// client's own is told in docs/benchmarks/transfer.md.
@Tag("interop")
final class FoundInterop {

    /// Of a torrent nobody has: downloading it, a client announces itself and so shows that it is
    /// in the DHT.
    private static final String NOWHERE = "magnet:?xt=urn:btih:" + "5a".repeat(20);

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
    void libtorrentCallsWithinTwoSecondsOfTheAnnounce() throws Exception {
        Path magnetFile = lab.path("magnet");
        rivals.libtorrentWaiting(magnetFile, lab.folder("out")).awaitEvent("joined", Lab.PATIENCE);
        var share = share();

        Path draft = lab.path("draft");
        Files.writeString(draft, share.magnet());
        Files.move(draft, magnetFile);

        assertThat(secondsToFirstCall("libtorrent", share.endpoint())).isLessThan(2);
    }

    @Test
    void aria2CallsSoonAfterTheAnnounce() throws Exception {
        String address = lab.address();
        rivals.aria2Waiting(NOWHERE, address, lab.folder("out"));
        dht.awaitPeers(NOWHERE, 1);
        var share = share();

        rivals.aria2Add(address, share.magnet());

        assertThat(secondsToFirstCall("aria2", share.endpoint())).isLessThan(10);
    }

    @Test
    void transmissionCallsAfterTheAnnounce() throws Exception {
        var client = rivals.transmission("transmission", lab.folder("out"), NOWHERE);
        dht.awaitPeers(NOWHERE, 1);
        var share = share();

        client.add(share.magnet());

        assertThat(secondsToFirstCall("Transmission", share.endpoint())).isLessThan(60);
    }

    private record Share(String magnet, Endpoint endpoint) {}

    /// Shares a file and waits until it is announced.
    private Share share() throws IOException {
        var content = Content.file(lab.path("seed/some.bin"), Content.MIB, 51);
        var process =
                lab.starling(
                        "share",
                        "share",
                        content.toString(),
                        "--listen",
                        lab.address(),
                        "--bootstrap",
                        dht.bootstrap());
        String ready = process.awaitEvent("ready", Lab.PATIENCE);
        String magnet = "magnet:?xt=urn:btih:" + LabProcess.text(ready, "infoHash");
        String address = ready.substring(ready.indexOf("198.18."));
        address = address.substring(0, address.indexOf('"'));
        process.awaitEvent("announced", Lab.PATIENCE);
        return new Share(magnet, Endpoint.parse(address).orElseThrow());
    }

    private static double secondsToFirstCall(String client, Endpoint listening)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (!isCalled(listening)) {
            if (System.nanoTime() - begin > Lab.PATIENCE.toNanos()) {
                throw new AssertionError(client + " has not called " + listening);
            }
            Thread.sleep(2);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                Locale.ROOT, "measured: %s called %.2f s after the announce%n", client, seconds);
        return seconds;
    }

    /// Whether a connection to this endpoint stands, by the kernel's list.
    private static boolean isCalled(Endpoint listening) throws IOException {
        byte[] compact = new byte[listening.compactLengthBytes()];
        listening.copyCompactTo(compact, 0);
        byte[] reversed = {compact[3], compact[2], compact[1], compact[0]};
        String local =
                "%s:%04X"
                        .formatted(
                                HexFormat.of().withUpperCase().formatHex(reversed),
                                listening.port());
        for (String line : Files.readAllLines(Path.of("/proc/self/net/tcp"))) {
            var fields = List.of(line.strip().split("\\s+"));
            if (fields.get(1).equals(local) && fields.get(3).equals("01")) { // established
                return true;
            }
        }
        return false;
    }
}
