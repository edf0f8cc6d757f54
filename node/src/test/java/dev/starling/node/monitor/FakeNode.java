package dev.starling.node.monitor;

import dev.starling.dht.DhtNode;
import dev.starling.dht.DhtStats;
import dev.starling.dht.MemoryPeerStore;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.runtime.DhtHealth;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A node that knows nobody, in whatever state a test wants it.
final class FakeNode implements Watched {

    boolean isAnswering = true;
    boolean isListening = true;
    boolean isFirst = true;
    boolean isPersistent = true;
    boolean isWritable = true;
    DhtHealth health = DhtHealth.STARTING;
    int asked;

    private final DhtNode node =
            new DhtNode(
                    new DhtNode.Settings(Id.of(new byte[20]), false, true, true, 0),
                    new MemoryPeerStore(),
                    new SplittableRandom(1));

    @Override
    public Optional<DhtStats> stats() {
        asked++;
        return isAnswering ? Optional.of(node.stats(1)) : Optional.empty();
    }

    @Override
    public DhtHealth health() {
        return health;
    }

    @Override
    public boolean isListening() {
        return isListening;
    }

    @Override
    public boolean isFirst() {
        return isFirst;
    }

    @Override
    public boolean isPersistent() {
        return isPersistent;
    }

    @Override
    public boolean isWritable() {
        return isWritable;
    }

    @Override
    public List<Endpoint> addresses() {
        return List.of(Endpoint.parse("127.0.0.1:6881").orElseThrow());
    }

    @Override
    public String version() {
        return "1.2.3";
    }
}
