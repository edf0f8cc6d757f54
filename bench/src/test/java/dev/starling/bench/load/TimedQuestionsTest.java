package dev.starling.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bench.load.Questions.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TimedQuestionsTest {

    private final Pings pings = Pings.open();
    private long nowNanos;
    private final TimedQuestions timed = new TimedQuestions(pings, () -> nowNanos, 3);

    @AfterEach
    void close() throws Exception {
        pings.close();
    }

    private Question ask() {
        return timed.next().orElseThrow();
    }

    private void answer(Question question) {
        timed.answered(question, new ReplyReader());
    }

    @Test
    void anAnswerCountsForTheStretchOfItsQuestion() {
        var first = ask();
        nowNanos = TimedQuestions.STRETCH_NANOS;
        var second = ask();
        ask();

        answer(second);
        answer(first);

        assertThat(timed.answeredShare(0, 1)).isEqualTo(1);
        assertThat(timed.answeredShare(1, 2)).isEqualTo(0.5);
        assertThat(timed.answeredShare(0, 3)).isEqualTo(2.0 / 3);
    }

    @Test
    void whereNothingWasAskedNothingWasAnswered() {
        assertThat(timed.answeredShare(0, 3)).isZero();
    }

    @Test
    void aSecondAnswerCountsForNothing() {
        var question = ask();
        ask();

        answer(question);
        answer(question);

        assertThat(timed.answeredShare(0, 1)).isEqualTo(0.5);
    }

    @Test
    void whatIsAskedAfterTheLastStretchIsNotCounted() {
        nowNanos = 3 * TimedQuestions.STRETCH_NANOS;

        answer(ask());

        assertThat(timed.answeredShare(0, 3)).isZero();
    }

    @Test
    void itsQuestionsAreThoseOfTheOthersAndSoAreTheAnswers() {
        answer(ask());
        timed.granted(ask(), new byte[] {1});

        assertThat(pings.asked).isEqualTo(2);
        assertThat(pings.answered).isEqualTo(1);
        assertThat(pings.granted).isEqualTo(1);
        assertThat(timed.isEnded()).isFalse();
    }
}
