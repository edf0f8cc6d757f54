package dev.starling.sim.scenario;

import dev.starling.id.Id;
import dev.starling.sim.SimFault;
import dev.starling.sim.SimLookups;
import dev.starling.sim.SimLookups.Sample;
import dev.starling.sim.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How many searches still find a true peer of an infohash, by the number of sybils around it, with
/// and without the defence of lookups. A world for each point.
final class SybilCurve implements Scenario {

    /// k of the network.
    private static final int K = 8;

    /// Sybils around the target, up to ten times k.
    private static final List<Integer> COUNTS = List.of(0, K, 2 * K, 4 * K, 6 * K, 8 * K, 10 * K);

    private static final int ANNOUNCES = 8;
    private static final int SEARCHES = 100;
    private static final int PORT = 51_413;
    private static final Duration SETTLING = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "sybils";
    }

    @Override
    public String description() {
        return "Ever more sybils around an infohash, against lookups with and without defence.";
    }

    @Override
    public int nodes() {
        return 10_000;
    }

    @Override
    public Duration duration() {
        return Duration.ofSeconds(60);
    }

    /// How lookups take contacts that are too close to the target to be there by chance.
    private enum Lookups {
        WARY("with the defence"),
        TRUSTING("without");

        private final String label;

        Lookups(String label) {
            this.label = label;
        }
    }

    /// What searches came to in one world.
    private record Outcome(int sybils, double found, double queries) {}

    /// @param last the world of the last point; the others are too large to keep
    private record Curve(List<Outcome> outcomes, SimWorld last) {}

    @Override
    public Report play(Plan plan) {
        var trusting = curve(plan, Lookups.TRUSTING).outcomes();
        var curve = curve(plan, Lookups.WARY);
        var wary = curve.outcomes();
        var stage = new Stage(plan, curve.last());
        for (int i = 0; i < COUNTS.size(); i++) {
            int sybils = COUNTS.get(i);
            var guarded = wary.get(i);
            String searches = sybils + " sybils, searches that find a true peer";
            stage.figure("found" + sybils, searches, guarded.found());
            stage.figure(
                    "foundWithout" + sybils, searches + ", no defence", trusting.get(i).found());
            stage.figure("queries" + sybils, sybils + " sybils, mean queries", guarded.queries());
            stage.expectAtLeast(searches, guarded.found(), 0.95);
        }
        stage.chart(
                Chart.lines(
                        "Searches that find a true peer, by sybils around the infohash",
                        "sybils (k is 8)",
                        "percent of searches",
                        List.of(line(Lookups.WARY, wary), line(Lookups.TRUSTING, trusting))));
        return stage.report();
    }

    private static Chart.Line line(Lookups lookups, List<Outcome> outcomes) {
        var points = new ArrayList<Chart.Point>();
        for (var outcome : outcomes) {
            points.add(new Chart.Point(outcome.sybils(), 100 * outcome.found()));
        }
        return new Chart.Line(lookups.label, points);
    }

    private static Curve curve(Plan plan, Lookups kind) {
        var outcomes = new ArrayList<Outcome>();
        var world = plan.world();
        for (int sybils : COUNTS) {
            world = plan.world();
            if (kind == Lookups.TRUSTING) {
                world.trusting();
            }
            outcomes.add(outcome(plan, sybils, world));
            plan.audience().told(sybils + " sybils, " + kind.label);
        }
        return new Curve(outcomes, world);
    }

    /// Some announce, and then many search.
    private static Outcome outcome(Plan plan, int sybils, SimWorld world) {
        var target = Id.random(world.random());
        world.settled(plan.nodes(), plan.faults().with(SimFault.SYBILS, sybils), target);
        var lookups = new SimLookups(world);
        for (int i = 0; i < ANNOUNCES; i++) {
            lookups.announce(world.anyNode(), target, PORT);
        }
        world.runFor(SETTLING);
        for (int i = 0; i < SEARCHES; i++) {
            long delayNanos = plan.duration().toNanos() * i / SEARCHES;
            world.clock().after(delayNanos, () -> lookups.findPeers(target));
        }
        world.runFor(plan.duration().plus(SETTLING));
        double found = Stage.mean(lookups.finds(), sample -> sample.foundPeer() ? 1 : 0);
        double queries = Stage.mean(lookups.finds(), Sample::queries);
        return new Outcome(sybils, found, queries);
    }
}
