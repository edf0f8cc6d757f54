package dev.starling.node;

import dev.starling.dht.DhtStats;
import dev.starling.id.Endpoint;
import dev.starling.node.monitor.Watched;
import dev.starling.runtime.DhtHealth;
import java.util.List;
import java.util.Optional;

/// The node of this process as its HTTP server sees it.
final class NodeWatch implements Watched {

    private final Dht dht;
    private final boolean isFirst;

    NodeWatch(Dht dht, NetworkOptions network) {
        this.dht = dht;
        this.isFirst = network.isPrivateStart();
    }

    @Override
    public Optional<DhtStats> stats() {
        return dht.service().stats();
    }

    @Override
    public DhtHealth health() {
        return dht.service().health();
    }

    @Override
    public boolean isListening() {
        return dht.service().isListening();
    }

    @Override
    public boolean isFirst() {
        return isFirst;
    }

    @Override
    public boolean isPersistent() {
        return dht.isPersistent();
    }

    @Override
    public boolean isWritable() {
        return dht.isWritable();
    }

    @Override
    public List<Endpoint> addresses() {
        return dht.service().addresses();
    }

    @Override
    public String version() {
        return Main.version();
    }
}
