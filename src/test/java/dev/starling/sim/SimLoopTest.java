package dev.starling.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.machine.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SimLoopTest {

    private final SimClock clock = new SimClock();
    private final List<String> rung = new ArrayList<>();

    @Test
    void theMachineExpiresAtItsDeadlineAndNotBefore() {
        var loop = new SimLoop<>(clock, new Alarm(), rung::add);

        loop.handle(30L);
        clock.runUntil(29);
        assertThat(rung).isEmpty();

        clock.runUntil(100);
        assertThat(rung).containsExactly("rang at 30");
    }

    @Test
    void aDeadlineMayMoveBothWays() {
        var loop = new SimLoop<>(clock, new Alarm(), rung::add);

        loop.handle(30L);
        loop.handle(10L);
        clock.runUntil(20);
        loop.handle(40L);
        loop.handle(60L);
        clock.runUntil(100);

        assertThat(rung).containsExactly("rang at 10", "rang at 60");
    }

    @Test
    void aStoppedMachineHearsNothing() {
        var loop = new SimLoop<>(clock, new Alarm(), rung::add);
        loop.handle(30L);

        loop.stop();
        loop.handle(20L);
        clock.runUntil(100);

        assertThat(rung).isEmpty();
    }

    @Test
    void anEffectThatCallsBackIsRefused() {
        var alarm = new Alarm();
        var loops = new ArrayList<SimLoop<Long, String>>();
        loops.add(new SimLoop<>(clock, alarm, _ -> loops.getFirst().handle(1L)));
        loops.getFirst().handle(5L);

        assertThatThrownBy(() -> clock.runUntil(100)).isInstanceOf(IllegalStateException.class);
    }

    /// Rings once at the time it was last set to.
    private static final class Alarm implements StateMachine<Long, String> {
        private long deadlineNanos = NO_DEADLINE;

        @Override
        public void handle(Long input, long nowNanos, Consumer<? super String> effects) {
            deadlineNanos = input;
        }

        @Override
        public void expire(long nowNanos, Consumer<? super String> effects) {
            if (nowNanos >= deadlineNanos) {
                deadlineNanos = NO_DEADLINE;
                effects.accept("rang at " + nowNanos);
            }
        }

        @Override
        public long nextDeadlineNanos() {
            return deadlineNanos;
        }
    }
}
