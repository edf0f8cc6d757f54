package dev.starling.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.lookup.LookupEffect.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every lookup in any network; the seed is the test's argument.
class LookupProperties {

    private static final int LOOKUPS = 60;
    private static final Lookup.Settings SETTINGS = Lookup.Settings.standard();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyLookupEndsOnceWithinItsBounds(long seed) {
        for (var shape : shapes(3_000)) {
            for (var run : runs(new SyntheticDht(shape, seed), seed)) {
                var trace = run.lookup.trace();

                assertThat(run.finishes).as("seed %d, %s", seed, shape).isEqualTo(1);
                assertThat(run.lookup.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
                assertThat(trace.queries())
                        .isEqualTo(run.asked.size())
                        .isLessThanOrEqualTo(SETTINGS.maxQueries());
                assertThat(run.nanos).isLessThanOrEqualTo(SETTINGS.maxNanos());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void noContactIsAskedMoreThanTwice(long seed) {
        for (var shape : shapes(3_000)) {
            for (var run : runs(new SyntheticDht(shape, seed), seed)) {
                var times = new HashMap<Object, Integer>();

                for (var contact : run.asked) {
                    assertThat(times.merge(contact.endpoint().address(), 1, Integer::sum))
                            .as("seed %d, %s: %s", seed, shape, contact)
                            .isLessThanOrEqualTo(2);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void queriesInFlightAreBounded(long seed) {
        for (var shape : shapes(3_000)) {
            for (var run : runs(new SyntheticDht(shape, seed), seed)) {
                assertThat(run.widest)
                        .as("seed %d, %s", seed, shape)
                        .isLessThanOrEqualTo(Pace.MAX_IN_FLIGHT + 2 * SETTINGS.k());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 11, 12})
    void closestAreFoundExactlyWhereEveryoneKnowsThem(long seed) {
        var dht = new SyntheticDht(SyntheticDht.Shape.omniscient(2_000), seed);

        for (var run : runs(dht, seed)) {
            // A holder that takes seconds to answer is passed over, as if it were dead.
            var silent = new ArrayList<Contact>();
            for (var step : run.lookup.trace().steps()) {
                if (step.answeredNanos() < 0) {
                    silent.add(step.contact());
                }
            }
            var expected = new ArrayList<>(dht.truth(run.lookup.target(), SyntheticDht.K));
            expected.removeAll(silent);

            assertThat(run.lookup.closest()).as("seed %d", seed).startsWith(array(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {13, 14, 15})
    void lookupSurvivesASilentThirdOfTheNetwork(long seed) {
        var dht = new SyntheticDht(new SyntheticDht.Shape(5_000, 1 / 3.0, 0, false), seed);

        double recall = 0;
        for (var run : runs(dht, seed)) {
            assertThat(run.outcome()).as("seed %d", seed).isEqualTo(Outcome.CONVERGED);
            assertThat(run.lookup.closest())
                    .hasSize(SyntheticDht.K)
                    .allMatch(contact -> dht.isLive(dht.nodeAt(contact.endpoint())));
            recall += run.recall() / LOOKUPS;
        }

        assertThat(recall).as("seed %d", seed).isGreaterThan(0.85);
    }

    @ParameterizedTest
    @ValueSource(longs = {16, 17, 18})
    void liarsNamingInventedCloserContactsCostQueriesButNotTheResult(long seed) {
        var dht = new SyntheticDht(new SyntheticDht.Shape(5_000, 0.1, 0.2, false), seed);

        double recall = 0;
        for (var run : runs(dht, seed)) {
            assertThat(run.lookup.closest())
                    .as("seed %d", seed)
                    .isNotEmpty()
                    .allMatch(contact -> dht.nodeAt(contact.endpoint()) >= 0);
            recall += run.recall() / LOOKUPS;
        }

        // Liars answer too, and hold a fifth of the places.
        assertThat(recall).as("seed %d", seed).isGreaterThan(0.7);
    }

    @ParameterizedTest
    @ValueSource(longs = {19, 20})
    void sameSeedGivesTheSameTrace(long seed) {
        var shape = SyntheticDht.Shape.usual(3_000);

        var first = runs(new SyntheticDht(shape, seed), seed);
        var second = runs(new SyntheticDht(shape, seed), seed);

        for (int i = 0; i < LOOKUPS; i++) {
            assertThat(first.get(i).lookup.trace())
                    .as("seed %d", seed)
                    .isEqualTo(second.get(i).lookup.trace());
        }
    }

    private static List<SyntheticDht.Shape> shapes(int nodes) {
        return List.of(
                SyntheticDht.Shape.usual(nodes),
                new SyntheticDht.Shape(nodes, 0.6, 0.2, false),
                SyntheticDht.Shape.honest(5),
                new SyntheticDht.Shape(20, 0.9, 0, false));
    }

    private static List<LookupRun> runs(SyntheticDht dht, long seed) {
        var random = new SplittableRandom(~seed); // other ids than the network's
        var times = new RoundTripTimes();
        var self = Id.random(random);
        var runs = new ArrayList<LookupRun>();
        for (int i = 0; i < LOOKUPS; i++) {
            var lookup = new Lookup(self, Id.random(random), SETTINGS, times);
            var run = new LookupRun(dht, lookup, times, seed + i);
            runs.add(run.from(dht.known(self, lookup.target())).run());
        }
        return runs;
    }

    private static Contact[] array(List<Contact> contacts) {
        return contacts.toArray(Contact[]::new);
    }
}
