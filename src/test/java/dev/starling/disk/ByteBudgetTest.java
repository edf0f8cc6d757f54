package dev.starling.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {

    private final List<Boolean> told = new ArrayList<>();
    private final ByteBudget budget = new ByteBudget(1_000, told::add);

    @Test
    void pressureIsHighAtTheBudgetAndLowAgainAtHalf() {
        budget.take(999);
        assertThat(told).isEmpty();
        budget.take(1);
        budget.take(500);
        assertThat(told).containsExactly(true);

        budget.giveBack(999);
        assertThat(told).containsExactly(true);
        budget.giveBack(1);
        budget.giveBack(500);

        assertThat(told).containsExactly(true, false);
        assertThat(budget.queuedBytes()).isZero();
    }

    @Test
    void blocksThatCameEarlyMayTakeAQuarter() {
        assertThat(budget.takeEarly(200)).isTrue();
        assertThat(budget.takeEarly(51)).isFalse();
        assertThat(budget.takeEarly(50)).isTrue();

        budget.giveBackEarly(250);

        assertThat(budget.takeEarly(250)).isTrue();
    }

    @Test
    void theLastWordIsRightWhenManyThreadsCross() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int round = 0; round < 20_000; round++) {
                                    budget.take(400);
                                    budget.giveBack(400);
                                }
                            }));
        }
        for (var thread : threads) {
            thread.join();
        }

        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i)).isEqualTo(i % 2 == 0);
        }
        assertThat(told.size() % 2).isZero();
    }
}
