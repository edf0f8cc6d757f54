package dev.starling.node.interop;

import dev.starling.runtime.DhtService;
import dev.starling.runtime.Stores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A private DHT of 32 nodes: one `starling node` process that everyone boots from, and 31 more
/// nodes of the same library in this process, each on an address of its own.
final class PrivateDht {

    static final int NODES = 32;

    private static final int PORT = 6881;

    private final String bootstrap;
    private final List<DhtService> others = new ArrayList<>();

    PrivateDht(Lab lab) throws IOException {
        String address = lab.address();
        bootstrap = address + ":" + PORT;
        var first =
                lab.starling(
                        "bootstrap", "node", "--listen", address, "--port", Integer.toString(PORT));
        first.awaitEvent("ready", Lab.PATIENCE);
        lab.atEnd(() -> others.forEach(DhtService::close));
        for (int i = 1; i < NODES; i++) {
            var options =
                    new DhtService.Options(List.of(lab.address()), PORT, List.of(bootstrap), false);
            others.add(DhtService.start(options, Stores.inMemory(), told -> {}));
        }
        awaitSettled();
    }

    /// Until every node knows a fair part of the others.
    private void awaitSettled() {
        long deadline = System.nanoTime() + Lab.PATIENCE.toNanos();
        while (others.stream().anyMatch(node -> node.contactCount() < NODES / 4)) {
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

    private static void pause() {
        try {
            Thread.sleep(50);
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
