package dev.starling.dht;

import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.item.Item;
import java.util.Optional;

/// The items that others have stored with us (BEP 44).
///
/// Bounded in total, per source and by expiry. What may be stored, [StoredItems] decides. Times are
/// wall-clock milliseconds since 1970, because what is stored outlives the process. Implementations
/// state their thread confinement.
public interface ItemStore {

    /// How long an item is kept that nobody puts again (BEP 44, "Expiration").
    long ITEM_LIFETIME_MILLIS = 2 * 60 * 60_000L;

    /// The unexpired item stored under `target`.
    Optional<Item> find(Id target, long nowMillis);

    /// Stores an item, or keeps it for longer if it is there.
    ///
    /// @param source who has put it
    void put(Item item, IpAddress source, long nowMillis);

    /// Drops what has expired.
    void expire(long nowMillis);

    int items();
}
