package dev.starling.runtime;

import dev.starling.dht.DhtEffect;
import java.util.List;

/// Hears what the DHT node tells; must return quickly.
public interface DhtListener {

    /// Called on the DHT's loop.
    void told(DhtEffect event);

    /// Names of bootstrap nodes that no name server knows; they are asked about again and again.
    /// Called on any thread.
    default void hostsUnknown(List<String> hosts) {}
}
