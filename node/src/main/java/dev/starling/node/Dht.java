package dev.starling.node;

import dev.starling.runtime.DhtListener;
import dev.starling.runtime.DhtService;
import dev.starling.runtime.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// A DHT node for the length of one command, with what it remembers.
public final class Dht implements AutoCloseable {

    private final Stores stores;
    private final DhtService service;
    private final boolean hasSavedContacts;

    private Dht(Stores stores, DhtService service, boolean hasSavedContacts) {
        this.stores = stores;
        this.hasSavedContacts = hasSavedContacts;
        this.service = service;
    }

    /// How a command takes part.
    public enum Role {
        /// Answers others, remembers contacts and peers.
        NODE,
        /// Comes and goes: remembers contacts but answers nobody (BEP 43).
        VISITOR
    }

    public static Dht join(
            GlobalOptions options, NetworkOptions network, Role role, DhtListener listener)
            throws Failure, IOException {
        return join(options, network, role == Role.VISITOR, 0, listener);
    }

    /// Takes part as a [Role#NODE] that keeps so many contacts beside its table.
    static Dht serve(
            GlobalOptions options, NetworkOptions network, int ringContacts, DhtListener listener)
            throws Failure, IOException {
        return join(options, network, false, ringContacts, listener);
    }

    private static Dht join(
            GlobalOptions options,
            NetworkOptions network,
            boolean isVisitor,
            int ringContacts,
            DhtListener listener)
            throws Failure, IOException {
        var settings =
                new DhtService.Options(
                        network.listen(),
                        network.port(),
                        bootstrap(network),
                        isVisitor,
                        ringContacts);
        Path data = Folders.make(options.data(), "--data");
        Stores stores = Stores.open(data.resolve("dht"));
        try {
            boolean hasSavedContacts = !stores.contacts().isEmpty();
            if (isVisitor && network.isPrivateStart() && !hasSavedContacts) {
                throw new Failure(
                        "no node of this private network is known",
                        "Name one with --bootstrap HOST:PORT.");
            }
            return new Dht(stores, DhtService.start(settings, stores, listener), hasSavedContacts);
        } catch (Failure | IOException e) {
            stores.close();
            throw e;
        }
    }

    /// Comes for one question and goes when it is answered.
    ///
    /// @param ask gives what the node is asked for
    /// @throws Failure if nothing has come of it within `timeout`
    static <T> T visit(
            GlobalOptions options,
            NetworkOptions network,
            Duration timeout,
            Function<DhtService, CompletableFuture<T>> ask)
            throws Failure, IOException, InterruptedException {
        try (var dht = join(options, network, Role.VISITOR, told -> {})) {
            return Waiting.forResult(ask.apply(dht.service()), "the lookup", timeout, network);
        }
    }

    /// A node that knows nobody and asks nobody, for asking one node by hand.
    public static Dht alone(NetworkOptions network) throws IOException {
        var settings = new DhtService.Options(network.listen(), network.port(), List.of(), true);
        Stores stores = Stores.inMemory();
        return new Dht(stores, DhtService.start(settings, stores, told -> {}), false);
    }

    private static List<String> bootstrap(NetworkOptions network) {
        if (network.isPrivateStart()) {
            return List.of();
        }
        return network.bootstrap().isEmpty()
                ? DhtService.Options.PUBLIC_ROUTERS
                : network.bootstrap();
    }

    public DhtService service() {
        return service;
    }

    /// Whether what this run learns is kept; another Starling may hold the data folder.
    public boolean isPersistent() {
        return stores.isPersistent();
    }

    /// Whether the store takes something now; tries it.
    public boolean isWritable() {
        return stores.isWritable();
    }

    /// Whether an earlier run had left contacts when this one began.
    public boolean hasSavedContacts() {
        return hasSavedContacts;
    }

    @Override
    public void close() {
        service.close();
        stores.close();
    }
}
