package dev.starling.swarm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Decides whom to let download (BEP 3, "choking and optimistic unchoking").
///
/// While we download, the slots go to those who gave us most since the last round; while we seed,
/// they go round, so that everyone gets its share. A fifth of them, at least one, is optimistic: it
/// goes to newcomers first and then to who has waited longest, whatever they give. A slot that is
/// free is given away at once; rounds only take slots back.
final class Choker {

    static final long ROUND_NANOS = 10_000_000_000L;
    static final long OPTIMISTIC_NANOS = 30_000_000_000L;

    /// Optimistic slots are one in so many (libtorrent's share).
    private static final int SLOTS_PER_OPTIMISTIC = 5;

    /// A seed's slot is passed on after so many pieces and not before so long (libtorrent's
    /// round-robin rule).
    private static final int SEED_QUOTA_PIECES = 20;

    private static final long SEED_QUOTA_NANOS = 60_000_000_000L;

    private final SwarmState state;
    private final Uploads uploads;
    private long nextRoundNanos;
    private long nextOptimisticNanos;
    private boolean hasBegun;

    Choker(SwarmState state, Uploads uploads) {
        this.state = state;
        this.uploads = uploads;
    }

    Uploads uploads() {
        return uploads;
    }

    /// Gives free slots to those who wait for one.
    void fill(Turn turn) {
        int free = state.settings.uploadSlots();
        for (var session : state.sessions()) {
            free -= isUnchoked(session) ? 1 : 0;
        }
        if (free <= 0) {
            return;
        }
        var waiting = candidates(session -> session.isChoked);
        waiting.sort(Comparator.comparingLong(Choker::waitingSince));
        for (var session : waiting.subList(0, Math.min(free, waiting.size()))) {
            uploads.unchoke(session, turn);
        }
    }

    /// The peer wants nothing any more: its slot is for others.
    void notInterested(PeerSession session, Turn turn) {
        if (!session.isChoked) {
            session.up.isOptimistic = false;
            uploads.choke(session, turn);
            fill(turn);
        }
    }

    /// Holds a round when it is due.
    void tick(Turn turn) {
        if (!hasBegun) {
            hasBegun = true;
            nextRoundNanos = turn.nowNanos() + ROUND_NANOS;
            nextOptimisticNanos = turn.nowNanos() + ROUND_NANOS;
        }
        if (turn.nowNanos() - nextRoundNanos >= 0) {
            nextRoundNanos = turn.nowNanos() + ROUND_NANOS;
            round(turn);
        }
    }

    private void round(Turn turn) {
        int slots = state.settings.uploadSlots();
        var interested = candidates(_ -> true);
        Set<PeerSession> chosen = new LinkedHashSet<>(interested);
        if (interested.size() > slots) {
            chosen = contested(interested, slots, turn);
        } else {
            interested.forEach(session -> session.up.isOptimistic = false);
        }
        for (var session : state.sessions()) {
            if (!session.isChoked && !chosen.contains(session)) {
                uploads.choke(session, turn);
            }
        }
        for (var session : chosen) {
            if (session.isChoked) {
                uploads.unchoke(session, turn);
            }
        }
        for (var session : state.sessions()) {
            session.down.bytesAtLastRound = session.down.rate.totalBytes();
            session.up.refusedCount = 0;
        }
    }

    /// Chooses among more than there are slots for; newcomers come last in `interested`.
    private Set<PeerSession> contested(List<PeerSession> interested, int slots, Turn turn) {
        int optimisticSlots = Math.min(slots, Math.max(1, slots / SLOTS_PER_OPTIMISTIC));
        if (turn.nowNanos() - nextOptimisticNanos >= 0) {
            nextOptimisticNanos = turn.nowNanos() + OPTIMISTIC_NANOS;
            interested.forEach(session -> session.up.isOptimistic = false);
        }
        var ranked = new ArrayList<>(interested);
        ranked.sort(state.isSeeding() ? seedOrder(turn.nowNanos()) : leechOrder());
        var chosen = new LinkedHashSet<PeerSession>();
        for (var session : ranked) {
            if (chosen.size() < slots - optimisticSlots && !session.up.isOptimistic) {
                chosen.add(session);
            }
        }
        var hopeful = new ArrayList<>(interested.reversed());
        hopeful.removeAll(chosen);
        hopeful.sort(
                Comparator.comparing((PeerSession session) -> !session.up.isOptimistic)
                        .thenComparingLong(session -> session.up.lastOptimisticNanos));
        for (var session : hopeful.subList(0, Math.min(optimisticSlots, hopeful.size()))) {
            session.up.isOptimistic = true;
            session.up.lastOptimisticNanos = turn.nowNanos();
            chosen.add(session);
        }
        return chosen;
    }

    /// Those who gave most first; who has put us aside gives nothing and comes last.
    private static Comparator<PeerSession> leechOrder() {
        return Comparator.comparingLong((PeerSession session) ->
                        session.down.rate.totalBytes() - session.down.bytesAtLastRound)
                .reversed()
                .thenComparing(session -> session.isChoked);
    }

    /// Those in the middle of their share first, then who has waited longest, then who has had it.
    private Comparator<PeerSession> seedOrder(long nowNanos) {
        return Comparator.comparingInt((PeerSession session) -> seedRank(session, nowNanos))
                .thenComparingLong(Choker::waitingSince);
    }

    private int seedRank(PeerSession session, long nowNanos) {
        if (session.isChoked) {
            return 1;
        }
        long quota =
                SEED_QUOTA_PIECES * (long) state.info().map(i -> i.pieceLengthBytes()).orElse(1);
        long given = session.up.rate.totalBytes() - session.up.bytesWhenUnchoked;
        boolean hasHadShare =
                given >= quota && nowNanos - session.up.unchokedNanos >= SEED_QUOTA_NANOS;
        return hasHadShare ? 2 : 0;
    }

    private static long waitingSince(PeerSession session) {
        return session.up.lastChokedNanos == Uplink.NEVER
                ? session.connectedNanos
                : session.up.lastChokedNanos;
    }

    private static boolean isUnchoked(PeerSession session) {
        return !session.isClosed && !session.isChoked;
    }

    private List<PeerSession> candidates(Predicate<PeerSession> also) {
        var found = new ArrayList<PeerSession>();
        for (var session : state.sessions()) {
            if (!session.isClosed && session.isInterestedInUs && also.test(session)) {
                found.add(session);
            }
        }
        return found;
    }
}
