package dev.starling.swarm;

/// Says when there are too few peers: at once in the beginning, then at most every five seconds,
/// growing to a minute while it is of no help. Never for a private torrent (BEP 27).
final class PeerHunger {

    static final long FIRST_PAUSE_NANOS = 5_000_000_000L;
    static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;

    /// With this many connections and addresses never called nobody goes hungry.
    static final int ENOUGH = 30;

    private final SwarmState state;
    private final PeerBook book;
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private long nextNanos = Swarm.AT_ONCE;

    PeerHunger(SwarmState state, PeerBook book) {
        this.state = state;
        this.book = book;
    }

    void tick(Turn turn) {
        if (isHungry() && turn.nowNanos() >= nextNanos) {
            nextNanos = turn.nowNanos() + pauseNanos;
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            turn.emit(new SwarmEffect.NeedPeers());
        }
    }

    /// A connection is gone; if it was the last, the search is urgent again.
    void lost(Turn turn) {
        if (state.sessions().isEmpty() && pauseNanos > FIRST_PAUSE_NANOS) {
            pauseNanos = FIRST_PAUSE_NANOS;
            nextNanos = Math.min(nextNanos, turn.nowNanos() + FIRST_PAUSE_NANOS);
        }
    }

    /// When it may next be said, or [Swarm#NO_DEADLINE] if there is no need.
    long nextNanos() {
        return isDownloading() ? nextNanos : Swarm.NO_DEADLINE;
    }

    private boolean isHungry() {
        return isDownloading() && state.sessions().size() + book.freshCount() < ENOUGH;
    }

    private boolean isDownloading() {
        if (state.isPrivate()) {
            return false;
        }
        return switch (state.stage) {
            case FETCHING_METADATA, OPENING_STORAGE, DOWNLOADING -> true;
            case STORAGE_STALLED, SEEDING, STOPPED -> false;
        };
    }
}
