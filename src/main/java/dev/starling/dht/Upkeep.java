package dev.starling.dht;

import java.time.Duration;

/// What a node does unasked to keep its tables and its stores in order.
final class Upkeep {

    /// A newcomer that queries us is pinged at once. When nothing can be done for what is due,
    /// because enough is under way, we look again after this.
    private static final Duration PAUSE = Duration.ofMillis(20);

    /// What has expired is not handed out anyway; this is for its memory.
    private static final Duration PEER_EXPIRY = Duration.ofMinutes(1);

    private final ContactTables tables;
    private final Probing probing;
    private final Refresh refresh;
    private final DhtStores stores;
    private final WallClock wallClock;
    private long pausedUntilNanos = Long.MIN_VALUE;
    private long peerExpiryNanos = Long.MIN_VALUE;

    Upkeep(ContactTables tables, Work work, WallClock wallClock) {
        this.tables = tables;
        this.probing = work.probing();
        this.refresh = work.refresh();
        this.stores = work.stores();
        this.wallClock = wallClock;
    }

    /// What there is to keep up.
    record Work(Probing probing, Refresh refresh, DhtStores stores) {}

    void expire(Turn turn) {
        if (turn.nowNanos() < nextDeadlineNanos()) {
            return;
        }
        boolean isBusy = probing.expire(turn);
        refresh.expire(turn);
        pausedUntilNanos = turn.nowNanos() + (isBusy ? 0 : PAUSE.toNanos());
        if (turn.nowNanos() >= peerExpiryNanos) {
            peerExpiryNanos = turn.nowNanos() + PEER_EXPIRY.toNanos();
            long nowMillis = wallClock.millis(turn.nowNanos());
            stores.peers().expire(nowMillis);
            stores.items().expire(nowMillis);
        }
    }

    long nextDeadlineNanos() {
        long dueNanos = Math.min(peerExpiryNanos, refresh.nextDeadlineNanos());
        for (var table : tables.all()) {
            dueNanos = Math.min(dueNanos, table.nextDeadlineNanos());
        }
        return Math.max(dueNanos, pausedUntilNanos);
    }
}
