package dev.starling.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.lookup.LookupEffect.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Whom a lookup asks, what it makes of the answers, and when it ends.
class LookupTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Id SELF = new Id(-1, -1, -1);
    private static final Id TARGET = Id.ZERO;

    private final RoundTripTimes times = new RoundTripTimes();
    private final List<LookupEffect> effects = new ArrayList<>();

    @Test
    void closestContactsAreAskedFirstAndThreeTimesAlphaBeforeAnyAnswers() {
        var lookup = lookup(8, 1);

        lookup.handle(offered(node(4), node(1), node(3), node(2)), 0, effects::add);

        assertThat(asked()).containsExactly(node(1), node(2), node(3));
    }

    @Test
    void contactsNamedByAnAnswerAreAskedNext() {
        var lookup = lookup(2, 1);
        lookup.handle(offered(node(9)), 0, effects::add);

        lookup.handle(answered(node(9), node(1), node(5)), MILLI, effects::add);

        assertThat(asked()).containsExactly(node(9), node(1));
    }

    @Test
    void lookupEndsWhenTheKClosestHaveAnswered() {
        var lookup = lookup(2, 2);
        lookup.handle(offered(node(2), node(1)), 0, effects::add);

        lookup.handle(answered(node(2), node(3)), MILLI, effects::add);
        lookup.handle(answered(node(1)), MILLI, effects::add);

        assertThat(effects).last().isEqualTo(finished(Outcome.CONVERGED, node(1), node(2)));
        assertThat(asked()).doesNotContain(node(3));
        assertThat(lookup.isFinished()).isTrue();
        assertThat(lookup.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void stalledQueryFreesItsSlotAndItsLateAnswerStillCounts() {
        var lookup = lookup(2, 1);
        lookup.handle(offered(node(9)), 0, effects::add);
        lookup.handle(answered(node(9), node(1), node(2), node(3)), 0, effects::add);
        long stall = lookup.nextDeadlineNanos();

        lookup.expire(stall, effects::add);
        lookup.handle(answered(node(1)), stall + MILLI, effects::add);
        lookup.handle(answered(node(2)), stall + 2 * MILLI, effects::add);

        assertThat(asked()).containsExactly(node(9), node(1), node(2));
        assertThat(effects).last().isEqualTo(finished(Outcome.CONVERGED, node(1), node(2)));
    }

    @Test
    void overtakenQueryFreesItsSlot() {
        var lookup = lookup(2, 2);
        lookup.handle(offered(node(8), node(9)), 0, effects::add);

        lookup.handle(answered(node(9), node(1), node(2)), MILLI, effects::add);

        assertThat(asked()).containsExactly(node(8), node(9), node(1), node(2));
    }

    @Test
    void silentCloserContactIsAskedOnceMoreAndThenPassedOver() {
        var lookup = lookup(1, 2);
        lookup.handle(offered(node(1), node(2)), 0, effects::add);
        long stall = lookup.nextDeadlineNanos();

        lookup.expire(stall, effects::add);
        lookup.handle(answered(node(2)), stall, effects::add);
        boolean early = lookup.isFinished();
        lookup.expire(lookup.nextDeadlineNanos(), effects::add);

        assertThat(early).isFalse();
        assertThat(asked()).containsExactly(node(1), node(2), node(1));
        assertThat(effects).last().isEqualTo(finished(Outcome.CONVERGED, node(2)));
    }

    @Test
    void contactThatNeverAnswersIsGivenUpAfterTheFullTimeout() {
        var lookup = lookup(2, 2);
        lookup.handle(offered(node(1)), 0, effects::add);

        lookup.expire(999 * MILLI, effects::add);
        var before = List.copyOf(effects);
        lookup.expire(1_000 * MILLI, effects::add);

        assertThat(before).containsExactly(new LookupEffect.Ask(node(1)));
        assertThat(effects).last().isEqualTo(new LookupEffect.GaveUp(node(1)));
    }

    @Test
    void failedContactIsReplacedByTheNextAtOnce() {
        var lookup = lookup(1, 1);
        lookup.handle(offered(node(1), node(2)), 0, effects::add);

        lookup.handle(new LookupInput.Failed(node(1)), MILLI, effects::add);

        assertThat(asked()).containsExactly(node(1), node(2));
    }

    @Test
    void lookupBegunWithoutContactsWaitsForOffers() {
        var lookup = lookup(1, 2);
        lookup.handle(offered(), 0, effects::add);
        boolean isFinished = lookup.isFinished();

        lookup.handle(offered(node(1)), 500 * MILLI, effects::add);

        assertThat(isFinished).isFalse();
        assertThat(asked()).containsExactly(node(1));
    }

    @Test
    void lookupWithFewerThanKAnswersEndsOnlyWhenNoMoreIsOffered() {
        var lookup = lookup(2, 2);
        lookup.handle(offered(node(1)), 0, effects::add);
        lookup.handle(answered(node(1)), MILLI, effects::add);
        boolean isFinished = lookup.isFinished();

        lookup.handle(new LookupInput.NoMoreOffers(), 2 * MILLI, effects::add);

        assertThat(isFinished).isFalse();
        assertThat(effects).last().isEqualTo(finished(Outcome.CONVERGED, node(1)));
    }

    /// In a network of a few nodes one that is held up for a moment is missed dearly.
    @Test
    void lookupWithFewerThanKAnswersAsksTheSilentOnceMoreBeforeItEnds() {
        var lookup = lookup(3, 3);
        lookup.handle(offered(node(1), node(2)), 0, effects::add);
        lookup.handle(new LookupInput.NoMoreOffers(), 0, effects::add);
        lookup.handle(answered(node(2)), MILLI, effects::add);

        lookup.expire(lookup.nextDeadlineNanos(), effects::add);
        boolean early = lookup.isFinished();
        lookup.handle(answered(node(1)), lookup.nextDeadlineNanos(), effects::add);

        assertThat(early).isFalse();
        assertThat(asked()).containsExactly(node(1), node(2), node(1));
        assertThat(effects).last().isEqualTo(finished(Outcome.CONVERGED, node(1), node(2)));
    }

    @Test
    void lookupWithoutAnyContactEndsWhenNoMoreIsOffered() {
        var lookup = lookup(2, 2);
        lookup.handle(offered(), 0, effects::add);

        lookup.handle(new LookupInput.NoMoreOffers(), MILLI, effects::add);

        assertThat(effects).containsExactly(finished(Outcome.NO_CONTACTS));
    }

    @Test
    void lookupThatNobodyAnswersEndsAfterTheFullTimeout() {
        var lookup = lookup(2, 2);
        lookup.handle(offered(node(1), node(2)), 0, effects::add);
        lookup.handle(new LookupInput.NoMoreOffers(), 0, effects::add);

        lookup.expire(999 * MILLI, effects::add);
        boolean early = lookup.isFinished();
        lookup.expire(1_000 * MILLI, effects::add);

        assertThat(early).isFalse();
        assertThat(effects).last().isEqualTo(finished(Outcome.NO_CONTACTS));
    }

    @Test
    void lookupEndsWhenItsTimeIsOver() {
        var lookup = lookup(2, 2);
        lookup.handle(offered(node(1)), 0, effects::add);
        lookup.handle(answered(node(1)), MILLI, effects::add);

        lookup.expire(lookup.nextDeadlineNanos(), effects::add);

        assertThat(effects).last().isEqualTo(finished(Outcome.OUT_OF_TIME, node(1)));
    }

    @Test
    void lookupEndsWhenItsQueriesAreSpent() {
        var settings = new Lookup.Settings(2, 1, 3, 60_000 * MILLI, 1_000 * MILLI);
        var lookup = new Lookup(SELF, TARGET, settings, times);
        lookup.handle(offered(node(9)), 0, effects::add);

        lookup.handle(answered(node(9), node(8)), MILLI, effects::add);
        lookup.handle(answered(node(8), node(7)), MILLI, effects::add);
        lookup.handle(answered(node(7), node(6)), MILLI, effects::add);

        assertThat(effects).last().isEqualTo(finished(Outcome.OUT_OF_QUERIES, node(7), node(8)));
    }

    @Test
    void cancelledLookupEndsOnceAndAsksNoMore() {
        var lookup = lookup(2, 1);
        lookup.handle(offered(node(1), node(2)), 0, effects::add);

        lookup.handle(new LookupInput.Cancel(), MILLI, effects::add);
        lookup.handle(answered(node(1)), MILLI, effects::add);

        assertThat(effects)
                .containsExactly(
                        new LookupEffect.Ask(node(1)),
                        new LookupEffect.Ask(node(2)),
                        finished(Outcome.CANCELLED));
    }

    @Test
    void traceTellsEveryStepAndHowManyAnswersLedThere() {
        var lookup = lookup(2, 1);
        lookup.handle(offered(node(9)), 10, effects::add);
        lookup.handle(answered(node(9), node(1), node(5)), 20, effects::add);
        lookup.handle(new LookupInput.Answered(node(1), List.of(), 7), 50, effects::add);

        var trace = lookup.trace();

        assertThat(trace.startNanos()).isEqualTo(10);
        assertThat(trace.steps())
                .containsExactly(
                        new LookupTrace.Step(node(9), 0, 10, 1, 0, bits(9), 0),
                        new LookupTrace.Step(node(1), 10, 40, 1, 1, bits(1), 7),
                        new LookupTrace.Step(node(5), 40, -1, 1, 1, bits(5), 0));
        assertThat(trace.timeouts()).isEqualTo(1);
        assertThat(trace.hops()).isEqualTo(1);
    }

    private Lookup lookup(int k, int alpha) {
        var settings = new Lookup.Settings(k, alpha, 100, 60_000 * MILLI, 1_000 * MILLI);
        return new Lookup(SELF, TARGET, settings, times);
    }

    private List<Contact> asked() {
        return effects.stream()
                .filter(LookupEffect.Ask.class::isInstance)
                .map(effect -> ((LookupEffect.Ask) effect).contact())
                .toList();
    }

    /// The node at distance `distance` from the target, in a subnet of its own.
    private static Contact node(int distance) {
        var endpoint = Endpoint.parse("11.0." + distance + ".1:6881").orElseThrow();
        return new Contact(new Id((long) distance << 56, 0, 0), endpoint);
    }

    private static int bits(int distance) {
        return TARGET.sharedPrefixBits(node(distance).id());
    }

    private static LookupInput offered(Contact... contacts) {
        return new LookupInput.Offered(List.of(contacts));
    }

    private static LookupInput answered(Contact contact, Contact... closer) {
        return new LookupInput.Answered(contact, List.of(closer), 0);
    }

    private static LookupEffect finished(Outcome outcome, Contact... closest) {
        return new LookupEffect.Finished(List.of(closest), outcome);
    }
}
