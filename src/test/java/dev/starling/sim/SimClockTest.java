package dev.starling.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimClockTest {

    private final SimClock clock = new SimClock();
    private final List<String> seen = new ArrayList<>();

    @Test
    void eventsRunInOrderOfTimeThenOfScheduling() {
        clock.at(20, () -> seen.add("late"));
        clock.at(10, () -> seen.add("first"));
        clock.at(10, () -> seen.add("second"));

        clock.runUntil(100);

        assertThat(seen).containsExactly("first", "second", "late");
        assertThat(clock.nowNanos()).isEqualTo(100);
    }

    @Test
    void anEventScheduledForThePastRunsNow() {
        clock.runUntil(50);
        clock.at(10, () -> seen.add("at " + clock.nowNanos()));

        clock.runUntil(60);

        assertThat(seen).containsExactly("at 50");
    }

    @Test
    void runningStopsAsSoonAsTheConditionHolds() {
        clock.at(10, () -> seen.add("a"));
        clock.at(20, () -> seen.add("b"));

        boolean held = clock.runUntil(() -> seen.size() == 1, 100);

        assertThat(held).isTrue();
        assertThat(clock.nowNanos()).isEqualTo(10);
        assertThat(clock.runUntil(() -> seen.size() == 3, 100)).isFalse();
    }
}
