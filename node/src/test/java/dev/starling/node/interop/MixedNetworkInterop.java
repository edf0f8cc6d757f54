package dev.starling.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.runtime.DhtService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A private network of 200 nodes of four kinds, in which each finds what the others announce: 160
/// of ours, 30 of libtorrent, five Transmissions and five aria2.
///
/// One client of each kind announces an infohash; then every client of every kind looks for all
/// four. Ours and libtorrent say whom they have found. The other two show it by calling: the
/// kernel's list of connections tells.
@Tag("interop")
final class MixedNetworkInterop {

    private static final int OURS = 160;
    private static final int LIBTORRENTS = 30;
    private static final int OTHERS_EACH = 5;
    private static final int BOOTSTRAPS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final List<Announced> announced = new ArrayList<>();
    private Lab lab;
    private PrivateDht dht;
    private Rivals rivals;

    /// @param peer as others are to find it
    private record Announced(String kind, Id infoHash, Endpoint peer) {
        String magnet() {
            return "magnet:?xt=urn:btih:" + infoHash.hex();
        }
    }

    @BeforeEach
    void start() throws IOException {
        lab = new Lab();
        dht = new PrivateDht(lab, OURS);
        rivals = new Rivals(lab, dht);
    }

    @AfterEach
    void stop() throws IOException {
        lab.close();
    }

    @Test
    void everyClientFindsWhatEveryOtherAnnounces() throws Exception {
        Path wanted = lab.path("wanted");
        var libtorrents = libtorrents(wanted);
        var transmissions = transmissions();
        var arias = arias();
        announceOurs();
        for (var one : announced) {
            dht.awaitPeers(one.magnet(), 1);
        }

        long begin = System.nanoTime();
        publish(wanted);
        for (var one : announced) {
            for (var client : transmissions) {
                client.add(one.magnet());
            }
            for (String client : arias) {
                rivals.aria2Add(client, one.magnet());
            }
        }

        for (var one : announced) {
            awaitFoundByOurs(one);
        }
        tell("ours", begin);
        libtorrents.awaitEvent("complete", PATIENCE);
        tell("libtorrent", begin);
        var callers = new ArrayList<>(arias);
        transmissions.forEach(client -> callers.add(client.address()));
        awaitCalls(callers);
        tell("Transmission and aria2", begin);
        int nodes = OURS + LIBTORRENTS + transmissions.size() + arias.size();
        assertThat(nodes).isEqualTo(200);
    }

    private static void tell(String kind, long beginNanos) {
        System.out.printf(
                Locale.ROOT,
                "measured: every node of %s has found all after %.1f s%n",
                kind,
                (System.nanoTime() - beginNanos) / 1e9);
    }

    private Id announce(String kind, int port, String address) {
        var infoHash = new Id(announced.size() + 1, 0x5eed, 7);
        var peer = Endpoint.parse(address + ":" + port).orElseThrow();
        announced.add(new Announced(kind, infoHash, peer));
        return infoHash;
    }

    /// By a node of this process, for a peer that takes calls and says nothing.
    private void announceOurs() throws IOException {
        var node = dht.others().getFirst();
        String address = node.addresses().getFirst().address().toString();
        var listener = new ServerSocket(0, 64, InetAddress.getByName(address));
        lab.atEnd(() -> close(listener));
        var infoHash = announce("Starling", listener.getLocalPort(), address);
        var announce = new DhtInput.Announce(listener.getLocalPort(), false, true);
        node.findPeers(infoHash, Optional.of(announce), told -> {});
    }

    private static void close(ServerSocket listener) {
        try {
            listener.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private LabProcess libtorrents(Path wanted) {
        var listen = new ArrayList<String>();
        for (int i = 0; i < LIBTORRENTS; i++) {
            listen.add(lab.address() + ":6950");
        }
        String first = listen.getFirst().substring(0, listen.getFirst().indexOf(':'));
        var infoHash = announce("libtorrent", 6950, first);
        var process = rivals.libtorrentNodes(listen, infoHash.hex(), wanted, BOOTSTRAPS);
        process.awaitEvent("announced", PATIENCE);
        return process;
    }

    /// The first announces; the others look for what nobody has, and so join.
    private List<Transmission> transmissions() throws IOException {
        var clients = new ArrayList<Transmission>();
        for (int i = 0; i < OTHERS_EACH; i++) {
            String magnet = "magnet:?xt=urn:btih:" + "5a".repeat(20);
            if (i == 0) {
                announce("Transmission", Transmission.PEER_PORT, rivals.nextAddress());
                magnet = announced.getLast().magnet();
            }
            String name = "transmission" + i;
            clients.add(rivals.transmission(name, lab.folder(name + "-out"), magnet));
        }
        return clients;
    }

    private List<String> arias() {
        var addresses = new ArrayList<String>();
        for (int i = 0; i < OTHERS_EACH; i++) {
            String address = lab.address();
            String magnet = "magnet:?xt=urn:btih:" + "5b".repeat(20);
            if (i == 0) {
                announce("aria2", Rivals.ARIA2_PORT, address);
                magnet = announced.getLast().magnet();
            }
            rivals.aria2Waiting(magnet, address, lab.folder("aria" + i));
            addresses.add(address);
        }
        return addresses;
    }

    /// Lets libtorrent's nodes begin to look.
    private void publish(Path wanted) throws IOException {
        var lines = new StringBuilder();
        for (var one : announced) {
            lines.append(one.infoHash().hex())
                    .append(' ')
                    .append(one.peer().address())
                    .append('\n');
        }
        Path draft = lab.path("draft");
        Files.writeString(draft, lines);
        Files.move(draft, wanted, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Every node of ours looks until it has found the peer.
    private void awaitFoundByOurs(Announced one) throws InterruptedException {
        Set<DhtService> found = ConcurrentHashMap.newKeySet();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var nodes = dht.others();
        while (found.size() < nodes.size()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "%d of %d found what %s announced"
                                .formatted(found.size(), nodes.size(), one.kind()));
            }
            var searches = new ArrayList<DhtService.PeerSearch>();
            for (var node : nodes) {
                if (!found.contains(node)) {
                    searches.add(
                            node.findPeers(
                                    one.infoHash(),
                                    Optional.empty(),
                                    told -> {
                                        if (told instanceof DhtEffect.PeersFound peers
                                                && peers.peers().contains(one.peer())) {
                                            found.add(node);
                                        }
                                    }));
                }
            }
            for (int i = 0; i < 50 && found.size() < nodes.size(); i++) {
                Thread.sleep(100);
            }
            searches.forEach(DhtService.PeerSearch::close);
        }
    }

    /// Until each of these has called every peer that was announced, but itself.
    private void awaitCalls(List<String> callers) throws IOException, InterruptedException {
        var open = new ArrayList<String>();
        for (String caller : callers) {
            for (var one : announced) {
                if (!one.peer().address().toString().equals(caller)) {
                    open.add(caller + " " + one.peer());
                }
            }
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!open.isEmpty()) {
            open.removeAll(Connections.calls());
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not called: " + open + " of " + announced);
            }
            Thread.sleep(20);
        }
    }
}
