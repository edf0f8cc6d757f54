package dev.starling.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A flood of three stretches between two calms of four.
final class FloodOutcomeTest {

    private static final int CALM = 4;
    private static final int FLOOD = 3;

    private final Pings pings = Pings.open();
    private long nowNanos;
    private final TimedQuestions known =
            new TimedQuestions(pings, () -> nowNanos, CALM + FLOOD + CALM);

    @AfterEach
    void close() throws Exception {
        pings.close();
    }

    private static Duration stretches(int count) {
        return Duration.ofNanos(count * TimedQuestions.STRETCH_NANOS);
    }

    /// @param answered in each stretch, of ten questions
    private FloodOutcome after(int... answered) {
        for (int stretch = 0; stretch < answered.length; stretch++) {
            nowNanos = stretch * TimedQuestions.STRETCH_NANOS;
            for (int i = 0; i < 10; i++) {
                var question = known.next().orElseThrow();
                if (i < answered[stretch]) {
                    known.answered(question, new ReplyReader());
                }
            }
        }
        return new FloodOutcome(known, stretches(CALM), stretches(FLOOD));
    }

    @Test
    void theSharesAreOfTheTimesBeforeMeanwhileAndAfter() {
        var outcome = after(10, 10, 10, 10, 0, 5, 10, 10, 8, 10, 10);

        assertThat(outcome.answeredBefore()).isEqualTo(1);
        assertThat(outcome.answeredMeanwhile()).isEqualTo(0.5);
        assertThat(outcome.answeredAfter()).isEqualTo(0.95);
    }

    @Test
    void itIsOverWhenNoStretchIsPoorAnyMore() {
        var outcome = after(10, 10, 10, 10, 0, 0, 0, 10, 8, 10, 10);

        assertThat(outcome.recoverySeconds()).isEqualTo(0.2);
    }

    @Test
    void aFloodThatLeavesNothingBehindIsOverAtOnce() {
        var outcome = after(10, 10, 10, 10, 0, 0, 0, 10, 10, 10, 10);

        assertThat(outcome.recoverySeconds()).isZero();
    }

    @Test
    void whoStaysPoorHasNotRecovered() {
        var outcome = after(10, 10, 10, 10, 0, 0, 0, 10, 10, 10, 9);

        assertThat(outcome.recoverySeconds()).isEqualTo(0.4);
    }

    @Test
    void theChartMarksTheFlood() {
        var chart = after(10, 10, 10, 10, 0, 0, 0, 10, 10, 10, 10).chart();

        assertThat(chart.marks())
                .extracting(mark -> mark.label())
                .containsExactly("flood begins", "ends");
        assertThat(chart.lines().getFirst().points()).hasSize(CALM + FLOOD + CALM);
    }
}
