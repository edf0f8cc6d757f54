package dev.starling.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How a lookup reaches the k closest although some are slow, hidden or crowded out.
class LookupReachTest {

    private static final Lookup.Settings SETTINGS =
            new Lookup.Settings(2, 1, 100, 60_000_000_000L, 5_000_000_000L);

    private final List<LookupEffect> effects = new ArrayList<>();
    private final Density density = new Density();
    private final Lookup lookup =
            new Lookup(new Id(-1, -1, -1), Id.ZERO, SETTINGS, new RoundTripTimes(), density);

    @Test
    void closestIsSettledBeforeTheLookupEnds() {
        offer(1, 2);

        answer(1);

        assertThat(effects).contains(new LookupEffect.Settled(at(1)));
        assertThat(lookup.isFinished()).isFalse();
    }

    @Test
    void contactThatCloserOnesMayDisplaceIsNotSettled() {
        offer(1, 2, 3);

        answer(3);

        assertThat(effects).doesNotContain(new LookupEffect.Settled(at(3)));
    }

    @Test
    void lateAnswerAfterTheEndIsSettledToo() {
        offer(1, 2, 3);
        answer(2);
        answer(3);
        while (!lookup.isFinished()) {
            lookup.expire(lookup.nextDeadlineNanos(), effects::add);
        }

        answer(1);

        assertThat(effects).last().isEqualTo(new LookupEffect.Settled(at(1)));
    }

    @Test
    void contactsTooCloseToBeThereByChanceTakeNobodysPlace() {
        crowded();

        assertThat(lookup.closest()).containsExactly(at(1), at(2));
        assertThat(effects)
                .filteredOn(LookupEffect.Survey.class::isInstance)
                .as("the neighbourhood is swept for those the crowd may hide")
                .isNotEmpty();
    }

    @Test
    void halfAsManyMoreAreSoughtWhereSeveralAreTooCloseToBeTrue() {
        crowded();

        offer(3, 4);

        assertThat(effects).contains(new LookupEffect.Ask(at(3)));
        answer(3);
        assertThat(lookup.closest()).containsExactly(at(1), at(2), at(3));
        assertThat(effects).doesNotContain(new LookupEffect.Ask(at(4)));
    }

    @Test
    void neighbourNamedInTheSweepIsAsked() {
        crowded();

        lookup.handle(
                new LookupInput.Surveyed(at(1), List.of(at(1), contactBetween())), 2, effects::add);

        assertThat(effects).contains(new LookupEffect.Ask(contactBetween()));
    }

    /// Eight sybils and the two closest of the others have answered.
    private void crowded() {
        density.learn(Id.ZERO, List.of(at(1), at(2)));
        var sybils =
                IntStream.range(1, 9)
                        .mapToObj(i -> new Contact(new Id(0, i, 0), address(100 + i)))
                        .toList();

        lookup.handle(new LookupInput.Offered(sybils), 0, effects::add);
        offer(1, 2);
        sybils.forEach(sybil ->
                lookup.handle(new LookupInput.Answered(sybil, List.of(), 1), 1, effects::add));
        answer(1);
        answer(2);
    }

    private static Contact contactBetween() {
        return new Contact(new Id((1L << 48) + 1, 0, 0), address(77));
    }

    private void offer(int... distances) {
        var contacts = IntStream.of(distances).mapToObj(LookupReachTest::at).toList();
        lookup.handle(new LookupInput.Offered(contacts), 0, effects::add);
    }

    private void answer(int distance) {
        lookup.handle(new LookupInput.Answered(at(distance), List.of(), 0), 1, effects::add);
    }

    private static Contact at(int distance) {
        return new Contact(new Id((long) distance << 48, 0, 0), address(distance));
    }

    private static Endpoint address(int number) {
        return new Endpoint(IpAddress.v4((11 << 24) + (number << 8)), 6881);
    }
}
