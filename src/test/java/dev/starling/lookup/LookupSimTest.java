package dev.starling.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Id;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Lookups through a network with log-normal latencies, slow and dead nodes among them. Whole nodes
/// are measured in `SearchSimTest`.
class LookupSimTest {

    private static final Lookup.Settings SETTINGS = Lookup.Settings.standard();

    @Test
    void lookupBegunWithoutContactsEndsWellOnceTheyAreOffered() {
        var random = new SplittableRandom(43);
        var dht = new SyntheticDht(SyntheticDht.Shape.usual(10_000), 42);
        var times = new RoundTripTimes();
        var lookup = new Lookup(Id.random(random), Id.random(random), SETTINGS, times);
        var run = new LookupRun(dht, lookup, times, 1);

        run.startEmpty();
        run.nanos = Duration.ofSeconds(5).toNanos();
        run.from(dht.known(Id.random(random), lookup.target())).run();

        assertThat(run.outcome()).isEqualTo(LookupEffect.Outcome.CONVERGED);
        assertThat(run.lookup.closest()).hasSize(SyntheticDht.K);
        assertThat(run.nanos).isLessThan(Duration.ofSeconds(8).toNanos());
    }
}
