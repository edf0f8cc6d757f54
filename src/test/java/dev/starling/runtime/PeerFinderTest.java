package dev.starling.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.machine.StateMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerFinderTest {

    private final PeerFinder finder = new PeerFinder();
    private final List<PeerFinder.Effect> effects = new ArrayList<>();
    private long nowNanos = 1;

    @Test
    void firstSearchBeginsAtOnceAndAnnouncesUs() {
        give(new PeerFinder.Begun());

        assertThat(effects).containsExactly(new PeerFinder.Search(true));
    }

    @Test
    void nothingIsSearchedWhileASearchIsUnderWay() {
        give(new PeerFinder.Begun());

        give(new PeerFinder.NeedPeers());
        give(new PeerFinder.Completed());

        assertThat(effects).hasSize(1);
        assertThat(finder.nextDeadlineNanos()).isEqualTo(StateMachine.NO_DEADLINE);
    }

    @Test
    void searchThatLeavesUsAloneIsRepeatedSoonThenEverLessOften() {
        give(new PeerFinder.Begun());

        var pauses = new ArrayList<Long>();
        for (int i = 0; i < 8; i++) {
            give(new PeerFinder.Ended(0, 8, true));
            pauses.add(runToNextSearch().toSeconds());
        }

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThat(effects.subList(1, effects.size())).containsOnly(new PeerFinder.Search(false));
    }

    @Test
    void newPeersMakeTheNextSearchSoonAgain() {
        give(new PeerFinder.Begun());
        for (int i = 0; i < 5; i++) {
            give(new PeerFinder.Ended(0, 8, true));
            runToNextSearch();
        }

        give(new PeerFinder.Ended(3, 0, true));

        assertThat(runToNextSearch()).isEqualTo(PeerFinder.FIRST_PAUSE);
    }

    @Test
    void announceThatReachedNobodyIsRepeatedSoon() {
        give(new PeerFinder.Begun());

        give(new PeerFinder.Ended(5, 0, false));

        assertThat(runToNextSearch()).isEqualTo(PeerFinder.FIRST_PAUSE);
        assertThat(effects).last().isEqualTo(new PeerFinder.Search(true));
    }

    @Test
    void announceThatReachedFewNodesIsRepeatedALittleLater() {
        give(new PeerFinder.Begun());

        give(new PeerFinder.Ended(5, 2, false));

        assertThat(runToNextSearch()).isEqualTo(PeerFinder.FEW_NODES_PAUSE);
        assertThat(effects).last().isEqualTo(new PeerFinder.Search(true));
    }

    @Test
    void announceIsRepeatedBeforeItIsForgotten() {
        give(new PeerFinder.Begun());

        give(new PeerFinder.Ended(5, 8, false));

        assertThat(runToNextSearch()).isEqualTo(PeerFinder.ANNOUNCE_EVERY);
        assertThat(effects).last().isEqualTo(new PeerFinder.Search(true));
    }

    @Test
    void completionIsAnnouncedAtOnce() {
        give(new PeerFinder.Begun());
        give(new PeerFinder.Ended(5, 8, false));

        give(new PeerFinder.Completed());

        assertThat(effects)
                .containsExactly(new PeerFinder.Search(true), new PeerFinder.Search(true));
    }

    @Test
    void completionDuringASearchIsAnnouncedAfterIt() {
        give(new PeerFinder.Begun());
        give(new PeerFinder.Completed());

        give(new PeerFinder.Ended(5, 8, false));

        assertThat(effects)
                .containsExactly(new PeerFinder.Search(true), new PeerFinder.Search(true));
    }

    private void give(PeerFinder.Input input) {
        finder.handle(input, nowNanos, effects::add);
    }

    /// Lets time pass until the next search and says how much.
    private Duration runToNextSearch() {
        long fromNanos = nowNanos;
        nowNanos = finder.nextDeadlineNanos();
        finder.expire(nowNanos, effects::add);
        return Duration.ofNanos(nowNanos - fromNanos);
    }
}
