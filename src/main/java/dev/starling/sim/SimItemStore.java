package dev.starling.sim;

import dev.starling.dht.ItemStore;
import dev.starling.dht.MemoryItemStore;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.item.Item;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A node's stored items in memory, made with the first of them.
final class SimItemStore implements ItemStore {

    private @Nullable MemoryItemStore items;

    @Override
    public Optional<Item> find(Id target, long nowMillis) {
        return items == null ? Optional.empty() : items.find(target, nowMillis);
    }

    @Override
    public void put(Item item, IpAddress source, long nowMillis) {
        items = items == null ? new MemoryItemStore() : items;
        items.put(item, source, nowMillis);
    }

    @Override
    public void expire(long nowMillis) {
        if (items != null) {
            items.expire(nowMillis);
        }
    }

    @Override
    public int items() {
        return items == null ? 0 : items.items();
    }
}
