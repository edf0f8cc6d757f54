package dev.starling.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.id.Id;
import dev.starling.sim.SimLookups.Sample;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Networks made at one go are like those in which nodes join one by one;
/// docs/benchmarks/simulator.md has the same comparison at 10,000 nodes.
class SimConvergedTest {

    private static final int NODES = 400;
    private static final int LOOKUPS = 100;

    private static SimWorld made;
    private static SimWorld joined;
    private static double[] madeFill;
    private static double[] joinedFill;
    private static List<Sample> madeLookups;
    private static List<Sample> joinedLookups;

    @BeforeAll
    static void makeBoth() {
        made = SimWorld.seeded(1).converged(NODES);
        joined = SimWorld.seeded(1).dhtNodes(NODES);
        joined.runFor(Duration.ofMinutes(1));
        madeFill = contactsBySharedBits(made);
        joinedFill = contactsBySharedBits(joined);
        madeLookups = lookups(made);
        joinedLookups = lookups(joined);
    }

    @Test
    void bucketsAreAsFull() {
        for (int bits = 0; bits < 8; bits++) {
            // Only in larger networks do the four widest fill as far within a minute.
            double tolerance = bits < 4 ? 1 + 0.4 * joinedFill[bits] : 1;
            assertThat(madeFill[bits])
                    .as("bits %s", bits)
                    .isCloseTo(joinedFill[bits], within(tolerance));
        }
    }

    @Test
    void lookupsGoAlike() {
        assertThat(mean(madeLookups, Sample::recall))
                .isCloseTo(mean(joinedLookups, Sample::recall), within(0.02));
        assertThat(mean(madeLookups, Sample::queries))
                .isCloseTo(mean(joinedLookups, Sample::queries), within(3.0));
        assertThat(mean(madeLookups, Sample::hops))
                .isCloseTo(mean(joinedLookups, Sample::hops), within(0.5));
        assertThat(mean(madeLookups, Sample::elapsedNanos) / 1e6)
                .isCloseTo(mean(joinedLookups, Sample::elapsedNanos) / 1e6, within(150.0));
    }

    @Test
    void nodesOfOneSeedAreTheSame() {
        var again = SimWorld.seeded(1).converged(NODES);

        for (int i = 0; i < NODES; i++) {
            assertThat(again.node(i).id()).isEqualTo(made.node(i).id());
        }
    }

    @Test
    void staleContactsAreThereAndDead() {
        var plan = new SimConverged.Plan(300, SimConverged.Tables.FULL, 0.4, List.of());
        var world = SimWorld.seeded(2).converged(plan);

        long dead = 0;
        long all = 0;
        for (var node : world.nodes()) {
            for (var state : node.node().contacts()) {
                dead += world.isLive(state.contact()) ? 0 : 1;
                all++;
            }
        }

        assertThat((double) dead / all).isCloseTo(0.4, within(0.03));
    }

    private static List<Sample> lookups(SimWorld world) {
        var lookups = new SimLookups(world);
        for (int i = 0; i < LOOKUPS; i++) {
            lookups.findNode();
        }
        world.runUntil(() -> lookups.underWay() == 0);
        return lookups.samples();
    }

    private static double[] contactsBySharedBits(SimWorld world) {
        double[] counts = new double[Id.LENGTH_BITS];
        for (var node : world.nodes()) {
            for (var state : node.node().contacts()) {
                counts[state.contact().id().sharedPrefixBits(node.id())] += 1.0 / world.size();
            }
        }
        return counts;
    }

    private static double mean(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return samples.stream().mapToDouble(figure).average().orElseThrow();
    }
}
