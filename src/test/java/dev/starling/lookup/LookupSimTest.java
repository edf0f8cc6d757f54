package dev.starling.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Id;
import dev.starling.routing.RoutingTable;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Lookups through a hundred thousand nodes with log-normal latencies, slow and dead ones among
/// them.
class LookupSimTest {

    private static final Lookup.Settings SETTINGS = Lookup.Settings.standard();

    @Test
    void firstPeersComeWithinAQuarterOfASecondAndLookupsStayCheap() {
        var dht = new SyntheticDht(SyntheticDht.Shape.usual(100_000), 42);

        var figures = LookupFigures.measure(dht, SETTINGS, RoutingTable.WIDEST_BUCKET_SIZE);

        assertThat(figures.firstValuesMillis()).isLessThan(250);
        assertThat(figures.queries()).isLessThanOrEqualTo(25);
        assertThat(figures.millis()).isLessThan(1_300);
        assertThat(figures.recall()).isGreaterThan(0.94);
    }

    @Test
    void wideFarBucketsSpareAHop() {
        var dht = new SyntheticDht(SyntheticDht.Shape.usual(100_000), 42);

        var narrow = LookupFigures.measure(dht, SETTINGS, RoutingTable.BUCKET_SIZE);
        var wide = LookupFigures.measure(dht, SETTINGS, RoutingTable.WIDEST_BUCKET_SIZE);

        assertThat(wide.hops()).isLessThan(narrow.hops());
        assertThat(wide.firstValuesMillis()).isLessThan(narrow.firstValuesMillis());
    }

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
