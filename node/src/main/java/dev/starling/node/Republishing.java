package dev.starling.node;

import dev.starling.dht.DhtEffect.ItemSearchEnded;
import dev.starling.runtime.DhtService;
import java.time.Duration;
import java.util.OptionalLong;

/// Putting an item again before the DHT forgets it (BEP 44, "Expiration").
final class Republishing {

    /// The DHT may forget an item after two hours, and one put may be lost.
    static final Duration PERIOD = Duration.ofHours(1);

    /// So many copies show that others put it again too.
    private static final int ENOUGH_COPIES = 8;

    private final DhtService dht;
    private long lastNanos;

    Republishing(DhtService dht) {
        this.dht = dht;
        this.lastNanos = System.nanoTime();
    }

    /// Puts what a search has found, without its key, when nobody seems to and an hour is over.
    void keepAlive(ItemSearchEnded found) {
        if (found.item().isPresent()
                && found.copies() <= ENOUGH_COPIES
                && System.nanoTime() - lastNanos >= PERIOD.toNanos()) {
            lastNanos = System.nanoTime();
            var _ = dht.putItem(found.item().get(), OptionalLong.empty());
        }
    }
}
