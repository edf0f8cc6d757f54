package dev.starling.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How the stall time follows the network.
class RoundTripTimesTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    @Test
    void beforeTheFirstAnswerHalfASecondIsAssumed() {
        assertThat(new RoundTripTimes().stallNanos()).isBetween(450 * MILLI, 600 * MILLI);
    }

    @Test
    void stallTimeIsTheTimeWithinWhichNineAnswersInTenCome() {
        var times = new RoundTripTimes();
        var random = new SplittableRandom(1);

        for (int i = 0; i < 1_000; i++) {
            times.answered(random.nextLong(1_000) * MILLI);
        }

        assertThat(times.stallNanos()).isBetween(800 * MILLI, 1_050 * MILLI);
    }

    @Test
    void stallTimeStaysWithinItsBounds() {
        var quick = new RoundTripTimes();
        var slow = new RoundTripTimes();

        for (int i = 0; i < 1_000; i++) {
            quick.answered(-1);
            slow.answered(Long.MAX_VALUE);
        }

        assertThat(quick.stallNanos()).isEqualTo(50 * MILLI);
        assertThat(slow.stallNanos()).isEqualTo(2_000 * MILLI);
    }

    @Test
    void changeOfNetworkIsLearnedWithinSomeHundredAnswers() {
        var times = new RoundTripTimes();
        for (int i = 0; i < 10_000; i++) {
            times.answered(1_000 * MILLI);
        }

        for (int i = 0; i < 600; i++) {
            times.answered(60 * MILLI);
        }

        assertThat(times.stallNanos()).isLessThan(100 * MILLI);
    }
}
