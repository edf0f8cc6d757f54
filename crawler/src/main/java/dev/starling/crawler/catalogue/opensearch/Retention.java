package dev.starling.crawler.catalogue.opensearch;

import dev.starling.id.Id;
import dev.starling.node.Event;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Drops torrents that nobody has seen for long. Several crawlers may do so at once.
final class Retention {

    private static final Duration INTERVAL = Duration.ofHours(1);

    /// Dropped at one go; the rest an interval later.
    private static final int MAX_AT_ONCE = 100_000;

    private final Store store;
    private final OpenSearchSettings settings;
    private final AtomicLong evicted = new AtomicLong();
    private final AtomicReference<Instant> due = new AtomicReference<>(Instant.MIN);

    Retention(Store store, OpenSearchSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    long evicted() {
        return evicted.get();
    }

    /// Drops what is due, if it is time to look.
    void keep() throws IOException {
        var now = settings.clock().instant();
        var expected = due.get();
        if (settings.retention().isEmpty()
                || now.isBefore(expected)
                || !due.compareAndSet(expected, now.plus(INTERVAL))) {
            return;
        }
        long oldest = now.minus(settings.retention().get()).getEpochSecond();
        var old =
                Json.object(
                        "bool",
                        Event.part()
                                .parts(
                                        "filter",
                                        List.of(
                                                Json.flag(Names.HIDDEN, false),
                                                Json.object(
                                                        "range",
                                                        Json.object(
                                                                Names.LAST_SEEN,
                                                                Json.number("lt", oldest))))));
        List<Id> dropped = new ArrayList<>();
        store.walk(
                old,
                stored -> {
                    dropped.add(stored.found().entry().infoHash());
                    return dropped.size() < MAX_AT_ONCE;
                });
        store.delete(dropped);
        evicted.addAndGet(dropped.size());
    }
}
