package dev.starling.runtime;

import dev.starling.dht.DhtEffect;

/// Hears what the DHT node tells, on the DHT's loop; must return quickly.
public interface DhtListener {
    void told(DhtEffect event);
}
