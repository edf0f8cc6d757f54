package dev.starling.rocks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.starling.dht.ItemOrder;
import dev.starling.dht.ItemStore;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.item.Item;
import dev.starling.rocks.Database.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Stored items that outlive the process, with the time they were put. Confined to one thread.
///
/// Which there are and whose turn it is to go is known in memory, so what nobody stored never costs
/// a read; of the items themselves those asked for lately are kept too, as the feed that everybody
/// follows is.
final class RocksItemStore implements ItemStore {

    /// Items in all: 60 megabytes on disk at most, 12 in memory.
    static final int MAX_ITEMS = 50_000;

    /// Of a kilobyte and a half each.
    private static final int HOT_ITEMS = 1_024;

    private static final byte[] START = new byte[0];

    private final Database database;
    private final ItemOrder order;
    private final Cache<Id, Item> hot =
            Caffeine.newBuilder().maximumSize(HOT_ITEMS).executor(Runnable::run).build();

    RocksItemStore(Database database, int maxItems) {
        this.database = database;
        this.order = new ItemOrder(maxItems);
        rememberAll();
    }

    private void rememberAll() {
        List<ItemRow> rows = new ArrayList<>();
        database.walk(
                Family.ITEMS,
                START,
                (_, value) -> {
                    ItemRow.parse(value).ifPresent(rows::add);
                    return true;
                });
        rows.sort(Comparator.comparingLong(ItemRow::putMillis));
        for (var row : rows) {
            forget(order.put(row.item().target(), row.source(), row.putMillis()));
        }
    }

    @Override
    public Optional<Item> find(Id target, long nowMillis) {
        if (!order.holds(target, nowMillis)) {
            return Optional.empty();
        }
        var kept = hot.getIfPresent(target);
        if (kept != null) {
            return Optional.of(kept);
        }
        var read =
                database.find(Family.ITEMS, target.toBytes())
                        .flatMap(ItemRow::parse)
                        .map(ItemRow::item);
        read.ifPresent(item -> hot.put(target, item));
        return read;
    }

    @Override
    public void put(Item item, IpAddress source, long nowMillis) {
        var target = item.target();
        var evicted = order.put(target, source, nowMillis);
        hot.invalidate(target);
        var row = new ItemRow(item, order.sourceOf(target), nowMillis);
        database.write(batch -> {
            batch.put(Family.ITEMS, target.toBytes(), row.format());
            evicted.forEach(gone -> batch.delete(Family.ITEMS, gone.toBytes()));
        });
    }

    @Override
    public void expire(long nowMillis) {
        forget(order.expire(nowMillis));
    }

    @Override
    public int items() {
        return order.size();
    }

    private void forget(List<Id> targets) {
        if (!targets.isEmpty()) {
            database.write(batch ->
                    targets.forEach(target -> batch.delete(Family.ITEMS, target.toBytes())));
        }
    }
}
