package dev.starling.swarm;

import dev.starling.id.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The addresses of a torrent's peers, and when to call each.
///
/// One policy for all: an address is called when it is first heard of; after every call that came
/// to nothing, and after every connection that brought nothing, it rests twice as long as before.
/// Of those that may be called the least disappointing go first, then the best sources.
final class PeerBook {

    /// Addresses kept: far more than a swarm connects to, and some hundred kilobytes.
    static final int MAX_KNOWN = 4_000;

    /// Calls under way: an unreachable address holds its place until the edge gives up.
    static final int MAX_HALF_OPEN = 40;

    static final long FIRST_REST_NANOS = 2_000_000_000L;
    static final long LONGEST_REST_NANOS = 900_000_000_000L;

    private static final Comparator<KnownPeer> BY_PROMISE =
            Comparator.comparingInt((KnownPeer peer) -> peer.failures)
                    .thenComparing(peer -> peer.source);

    private final Map<Endpoint, KnownPeer> known = new LinkedHashMap<>();
    private final BanList bans = new BanList();
    private int halfOpenCount;
    private int triedCount;

    private enum Standing {
        IDLE,
        CALLING,
        CONNECTED
    }

    private static final class KnownPeer {
        final Endpoint endpoint;
        SwarmInput.Source source;
        Standing standing = Standing.IDLE;
        boolean wasTried;
        boolean isSeed;
        int failures;
        long restsUntilNanos;

        KnownPeer(Endpoint endpoint, SwarmInput.Source source, long nowNanos) {
            this.endpoint = endpoint;
            this.source = source;
            this.restsUntilNanos = nowNanos;
        }
    }

    BanList bans() {
        return bans;
    }

    void add(Endpoint endpoint, SwarmInput.Source source, long nowNanos) {
        if (!endpoint.isReachable() || bans.contains(endpoint)) {
            return;
        }
        var peer = known.get(endpoint);
        if (peer == null) {
            if (known.size() >= MAX_KNOWN && !makeRoomFor(source)) {
                return;
            }
            known.put(endpoint, new KnownPeer(endpoint, source, nowNanos));
        } else if (source.compareTo(peer.source) < 0) {
            peer.source = source;
        }
    }

    /// Someone says that the peer has everything: believed until we have seen for ourselves.
    void saidToBeSeed(Endpoint endpoint) {
        var peer = known.get(endpoint);
        if (peer != null && !peer.wasTried) {
            peer.isSeed = true;
        }
    }

    /// Chooses whom to call now, at most `room`, and notes that they are called.
    List<Endpoint> call(int room, boolean isSeeding, long nowNanos) {
        int count = Math.min(room, MAX_HALF_OPEN - halfOpenCount);
        if (count <= 0) {
            return List.of();
        }
        var ready = new ArrayList<KnownPeer>();
        for (var peer : known.values()) {
            if (mayCall(peer, isSeeding) && nowNanos - peer.restsUntilNanos >= 0) {
                ready.add(peer);
            }
        }
        ready.sort(BY_PROMISE);
        var called = new ArrayList<Endpoint>();
        for (var peer : ready.subList(0, Math.min(count, ready.size()))) {
            peer.standing = Standing.CALLING;
            triedCount += peer.wasTried ? 0 : 1;
            peer.wasTried = true;
            halfOpenCount++;
            called.add(peer.endpoint);
        }
        return called;
    }

    void callFailed(Endpoint endpoint, long nowNanos) {
        var peer = known.get(endpoint);
        if (peer != null && peer.standing == Standing.CALLING) {
            halfOpenCount--;
            rest(peer, nowNanos);
        }
    }

    /// A connection stands with the peer that listens here.
    void connected(Endpoint endpoint, SwarmInput.Source source, long nowNanos) {
        add(endpoint, source, nowNanos);
        var peer = known.get(endpoint);
        if (peer != null
                && (source != SwarmInput.Source.INCOMING || peer.standing == Standing.IDLE)) {
            halfOpenCount -= peer.standing == Standing.CALLING ? 1 : 0;
            peer.standing = Standing.CONNECTED;
        }
    }

    /// The connection is gone. One that was of use lets the address begin afresh.
    void closed(Endpoint endpoint, boolean wasUseful, boolean isSeed, long nowNanos) {
        var peer = known.get(endpoint);
        if (peer != null && peer.standing == Standing.CONNECTED) {
            peer.failures = wasUseful ? 0 : peer.failures;
            peer.isSeed = isSeed;
            rest(peer, nowNanos);
        }
    }

    /// Never calls this address again.
    void forget(Endpoint endpoint) {
        var peer = known.remove(endpoint);
        if (peer != null && peer.standing == Standing.CALLING) {
            halfOpenCount--;
        }
    }

    /// When the next address has rested, if any may be called at all.
    Optional<Long> nextCallNanos(boolean isSeeding) {
        Optional<Long> next = Optional.empty();
        for (var peer : known.values()) {
            if (mayCall(peer, isSeeding)
                    && (next.isEmpty() || peer.restsUntilNanos - next.get() < 0)) {
                next = Optional.of(peer.restsUntilNanos);
            }
        }
        return next;
    }

    int halfOpenCount() {
        return halfOpenCount;
    }

    int knownCount() {
        return known.size();
    }

    int triedCount() {
        return triedCount;
    }

    /// How many rest after a call that came to nothing.
    int unreachableCount() {
        return count(peer -> peer.standing == Standing.IDLE && peer.failures > 0);
    }

    /// How many have never been called.
    int freshCount() {
        return count(peer -> peer.standing == Standing.IDLE && !peer.wasTried);
    }

    private int count(Predicate<KnownPeer> counted) {
        int count = 0;
        for (var peer : known.values()) {
            count += counted.test(peer) ? 1 : 0;
        }
        return count;
    }

    /// A seed has no use for another.
    private static boolean mayCall(KnownPeer peer, boolean isSeeding) {
        return peer.standing == Standing.IDLE && !(isSeeding && peer.isSeed);
    }

    private static void rest(KnownPeer peer, long nowNanos) {
        peer.standing = Standing.IDLE;
        int doublings = Math.min(peer.failures++, 30);
        long rest = Math.min(FIRST_REST_NANOS << Math.min(doublings, 20), LONGEST_REST_NANOS);
        peer.restsUntilNanos = nowNanos + rest;
    }

    /// Drops the least promising idle address if it promises less than one from `source`.
    private boolean makeRoomFor(SwarmInput.Source source) {
        KnownPeer worst = null;
        for (var peer : known.values()) {
            if (peer.standing == Standing.IDLE
                    && (worst == null || BY_PROMISE.compare(peer, worst) > 0)) {
                worst = peer;
            }
        }
        if (worst == null || (worst.failures == 0 && worst.source.compareTo(source) <= 0)) {
            return false;
        }
        known.remove(worst.endpoint);
        return true;
    }
}
