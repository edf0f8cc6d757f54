package dev.starling.node.monitor;

import dev.starling.dht.DhtStats;
import dev.starling.id.Endpoint;
import dev.starling.runtime.DhtHealth;
import java.util.List;
import java.util.Optional;

/// A node as whoever looks after it sees it. Thread-safe.
public interface Watched {

    /// Empty when the node does not answer in time.
    Optional<DhtStats> stats();

    DhtHealth health();

    /// Whether every socket is open.
    boolean isListening();

    /// Whether it is the first node of a private network, which may be alone.
    boolean isFirst();

    /// Whether what it learns outlives it.
    boolean isPersistent();

    /// Whether the store takes something at this moment; tries it.
    boolean isWritable();

    List<Endpoint> addresses();

    String version();
}
