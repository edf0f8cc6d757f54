package dev.starling.dht;

import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.item.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Stored items in memory. Confined to one thread.
public final class MemoryItemStore implements ItemStore {

    /// Some 1,500 bytes each at most, 15 megabytes in all.
    public static final int MAX_ITEMS = 10_000;

    private final ItemOrder order;
    private final Map<Id, Item> byTarget = new LinkedHashMap<>();

    public MemoryItemStore() {
        this(MAX_ITEMS);
    }

    MemoryItemStore(int maxItems) {
        order = new ItemOrder(maxItems);
    }

    @Override
    public Optional<Item> find(Id target, long nowMillis) {
        return order.holds(target, nowMillis)
                ? Optional.ofNullable(byTarget.get(target))
                : Optional.empty();
    }

    @Override
    public void put(Item item, IpAddress source, long nowMillis) {
        var target = item.target();
        byTarget.put(target, item);
        order.put(target, source, nowMillis).forEach(byTarget::remove);
    }

    @Override
    public void expire(long nowMillis) {
        order.expire(nowMillis).forEach(byTarget::remove);
    }

    @Override
    public int items() {
        return order.size();
    }
}
