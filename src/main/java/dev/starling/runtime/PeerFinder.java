package dev.starling.runtime;

import dev.starling.machine.StateMachine;
import java.time.Duration;
import java.util.function.Consumer;

/// Decides when the DHT is asked for the peers of one torrent, and when we announce ourselves.
///
/// The first search begins at once and announces us on its way out. While there are too few peers
/// it is repeated, soon at first and less often while it is of no help. An announce that reached
/// nobody is repeated soon, one that reached few nodes, as in a network just forming, a little
/// later, and any before it is forgotten.
final class PeerFinder implements StateMachine<PeerFinder.Input, PeerFinder.Effect> {

    /// Nodes drop peers after 30 minutes or more; an announce twice in that time is never missed.
    static final Duration ANNOUNCE_EVERY = Duration.ofMinutes(15);

    /// An announce goes to so many nodes (BEP 5, k).
    static final int FULL_ANNOUNCE = 8;

    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /// How long an announce to few nodes stands, at first.
    static final Duration FEW_NODES_PAUSE = Duration.ofSeconds(10);

    /// What may happen.
    sealed interface Input {}

    /// The torrent has been added.
    record Begun() implements Input {}

    /// More peers are wanted.
    record NeedPeers() implements Input {}

    /// The search has ended, and its announce if there was one.
    ///
    /// @param newPeers not known before
    /// @param announcedTo nodes that took our announce; 0 without one
    /// @param isAlone whether we still have nobody to call and are called by nobody
    record Ended(int newPeers, int announcedTo, boolean isAlone) implements Input {}

    /// We have everything; announce us as a seed.
    record Completed() implements Input {}

    /// What is asked for.
    sealed interface Effect {}

    /// Search now; answered by [Ended].
    record Search(boolean isAnnouncing) implements Effect {}

    private boolean isSearching;
    private boolean isAnnouncing;
    private boolean isWanted;
    private long nextSearchNanos = NO_DEADLINE;
    private long nextAnnounceNanos = NO_DEADLINE;
    private long searchPauseNanos = FIRST_PAUSE.toNanos();
    private long announcePauseNanos = FIRST_PAUSE.toNanos();

    @Override
    public void handle(Input input, long nowNanos, Consumer<? super Effect> effects) {
        switch (input) {
            case Begun() -> {
                isWanted = true;
                nextSearchNanos = nowNanos;
                nextAnnounceNanos = nowNanos;
            }
            case NeedPeers() -> isWanted = true;
            case Completed() -> {
                nextAnnounceNanos = nowNanos;
                announcePauseNanos = FIRST_PAUSE.toNanos();
            }
            case Ended ended -> ended(ended, nowNanos);
        }
        expire(nowNanos, effects);
    }

    @Override
    public void expire(long nowNanos, Consumer<? super Effect> effects) {
        if (nowNanos < nextDeadlineNanos()) {
            return;
        }
        isSearching = true;
        isAnnouncing = nowNanos >= nextAnnounceNanos;
        isWanted = false;
        if (isAnnouncing) {
            nextAnnounceNanos = NO_DEADLINE;
        }
        effects.accept(new Search(isAnnouncing));
    }

    @Override
    public long nextDeadlineNanos() {
        if (isSearching) {
            return NO_DEADLINE;
        }
        return Math.min(nextAnnounceNanos, isWanted ? nextSearchNanos : NO_DEADLINE);
    }

    boolean isSearching() {
        return isSearching;
    }

    private void ended(Ended ended, long nowNanos) {
        isSearching = false;
        isWanted |= ended.isAlone();
        if (ended.newPeers() > 0) {
            searchPauseNanos = FIRST_PAUSE.toNanos();
        }
        nextSearchNanos = nowNanos + searchPauseNanos;
        searchPauseNanos = longer(searchPauseNanos, LONGEST_PAUSE);
        if (isAnnouncing && nextAnnounceNanos == NO_DEADLINE) {
            nextAnnounceNanos = nowNanos + announcePause(ended.announcedTo());
        }
    }

    private long announcePause(int announcedTo) {
        if (announcedTo >= FULL_ANNOUNCE) {
            return ANNOUNCE_EVERY.toNanos();
        }
        if (announcedTo > 0) {
            announcePauseNanos = Math.max(announcePauseNanos, FEW_NODES_PAUSE.toNanos());
        }
        long pause = announcePauseNanos;
        announcePauseNanos = longer(pause, announcedTo > 0 ? ANNOUNCE_EVERY : LONGEST_PAUSE);
        return pause;
    }

    private static long longer(long pauseNanos, Duration longest) {
        return Math.min(2 * pauseNanos, longest.toNanos());
    }
}
