package dev.starling.node;

import dev.starling.id.Endpoint;
import dev.starling.runtime.DhtListener;
import dev.starling.runtime.DhtService;
import dev.starling.runtime.Stores;
import java.io.IOException;
import java.util.List;

/// A DHT node for the length of one command, with what it remembers.
public final class Dht implements AutoCloseable {

    private final Stores stores;
    private final DhtService service;

    private Dht(Stores stores, DhtService service) {
        this.stores = stores;
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
        var settings =
                new DhtService.Options(
                        network.listen(), network.port(), bootstrap(network), role == Role.VISITOR);
        Stores stores = Stores.open(options.data().resolve("dht"));
        try {
            return new Dht(stores, DhtService.start(settings, stores, listener));
        } catch (IOException e) {
            stores.close();
            throw e;
        }
    }

    /// A node that knows nobody and asks nobody, for asking one node by hand.
    public static Dht alone(NetworkOptions network) throws IOException {
        var settings = new DhtService.Options(network.listen(), network.port(), List.of(), true);
        Stores stores = Stores.inMemory();
        return new Dht(stores, DhtService.start(settings, stores, told -> {}));
    }

    private static List<String> bootstrap(NetworkOptions network) throws Failure {
        if (network.isPrivateStart()) {
            return List.of();
        }
        for (String host : network.bootstrap()) {
            if (host.lastIndexOf(':') <= 0 && Endpoint.parse(host).isEmpty()) {
                throw new Failure(
                        "'" + host + "' is no HOST:PORT", "For example --bootstrap 10.0.0.7:6881.");
            }
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

    @Override
    public void close() {
        service.close();
        stores.close();
    }
}
