package dev.starling.runtime;

import dev.starling.dht.DhtEffect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A DHT of real nodes on addresses of their own below 127/8, for tests. The first node is the one
/// that the others bootstrap from.
final class PrivateDht implements AutoCloseable {

    static final long PATIENCE_SECONDS = 60;

    private final String network;
    private final List<DhtService> nodes = new ArrayList<>();

    /// @param network the first three numbers of the addresses, such as `127.0.3`
    private PrivateDht(String network) {
        this.network = network;
    }

    /// Starts `count` nodes and waits until each has joined.
    static PrivateDht of(String network, int count) throws IOException, InterruptedException {
        var dht = new PrivateDht(network);
        for (int i = 0; i < count; i++) {
            var told = new LinkedBlockingQueue<DhtEffect>();
            dht.join(told::add);
            if (i > 0) {
                await(told, DhtEffect.Bootstrapped.class);
            }
        }
        return dht;
    }

    /// Starts one more node.
    DhtService join(DhtListener listener) throws IOException {
        return join(listener, new RememberingStores(), bootstrap());
    }

    DhtService join(DhtListener listener, Stores stores, List<String> bootstrap)
            throws IOException {
        var address = network + "." + (nodes.size() + 1);
        var options = new DhtService.Options(List.of(address), 0, bootstrap, false);
        var node = DhtService.start(options, stores, listener);
        nodes.add(node);
        return node;
    }

    /// What a node is given to find this network; empty for the first.
    List<String> bootstrap() {
        return nodes.isEmpty()
                ? List.of()
                : List.of(nodes.getFirst().addresses().getFirst().toString());
    }

    /// The next free address of this network.
    String nextAddress() {
        return network + "." + (nodes.size() + 101);
    }

    DhtService node(int index) {
        return nodes.get(index);
    }

    /// Waits until a node knows so many others.
    static void awaitContacts(DhtService node, int count) {
        awaitTrue(() -> node.contactCount() >= count, count + " contacts");
    }

    /// Waits until this holds.
    static void awaitTrue(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never came true: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    /// Waits for the next effect of a kind, passing over others.
    static <T> T await(BlockingQueue<DhtEffect> told, Class<T> kind) throws InterruptedException {
        while (true) {
            var effect = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (effect == null) {
                throw new AssertionError("no " + kind.getSimpleName());
            }
            if (kind.isInstance(effect)) {
                return kind.cast(effect);
            }
        }
    }

    @Override
    public void close() {
        nodes.forEach(DhtService::close);
    }
}
