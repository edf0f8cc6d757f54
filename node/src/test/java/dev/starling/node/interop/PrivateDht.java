package dev.starling.node.interop;

import dev.starling.dht.DhtEffect;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.runtime.DhtService;
import dev.starling.runtime.Stores;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A private DHT, of 32 nodes where nothing else is said: one `starling node` process that everyone
/// boots from, and the other nodes of the same library in this process, each on an address of its
/// own.
final class PrivateDht {

    static final int NODES = 32;

    private static final int PORT = 6881;

    private final String bootstrap;
    private final List<DhtService> others = new ArrayList<>();

    PrivateDht(Lab lab) throws IOException {
        this(lab, NODES);
    }

    PrivateDht(Lab lab, int nodes) throws IOException {
        String address = lab.address();
        bootstrap = address + ":" + PORT;
        var first =
                lab.starling(
                        "bootstrap", "node", "--listen", address, "--port", Integer.toString(PORT));
        first.awaitEvent("ready", Lab.PATIENCE);
        lab.atEnd(() -> others.forEach(DhtService::close));
        for (int i = 1; i < nodes; i++) {
            var options =
                    new DhtService.Options(List.of(lab.address()), PORT, List.of(bootstrap), false);
            others.add(DhtService.start(options, Stores.inMemory(), told -> {}));
        }
        awaitSettled(nodes);
    }

    /// Until every node knows a fair part of the others.
    private void awaitSettled(int nodes) {
        long deadline = System.nanoTime() + Lab.PATIENCE.toNanos();
        while (others.stream().anyMatch(node -> node.contactCount() < nodes / 4)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "contacts after "
                                + Lab.PATIENCE
                                + ": "
                                + others.stream().map(DhtService::contactCount).toList());
            }
            pause();
        }
    }

    /// Waits until a lookup finds so many peers, so that what follows measures us and not their
    /// start.
    void awaitPeers(String magnet, int count) {
        Id infoHash = Id.parseHex(magnet.substring(magnet.lastIndexOf(':') + 1)).orElseThrow();
        Set<Endpoint> found = ConcurrentHashMap.newKeySet();
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (found.size() < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the DHT knows of " + found + ", not of " + count);
            }
            var search =
                    others.getLast()
                            .findPeers(
                                    infoHash,
                                    Optional.empty(),
                                    told -> {
                                        if (told instanceof DhtEffect.PeersFound peers) {
                                            found.addAll(peers.peers());
                                        }
                                    });
            pause();
            search.close();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// `host:port` to boot from.
    String bootstrap() {
        return bootstrap;
    }

    List<DhtService> others() {
        return List.copyOf(others);
    }
}
