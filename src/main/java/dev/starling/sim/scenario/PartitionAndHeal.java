package dev.starling.sim.scenario;

import dev.starling.id.Id;
import java.time.Duration;

/// The network falls into two halves that cannot reach each other, and comes together again.
final class PartitionAndHeal implements Scenario {

    private static final int LOOKUPS = 600;

    @Override
    public String name() {
        return "partition";
    }

    @Override
    public String description() {
        return "Two halves of the network cannot reach each other for a third of the time.";
    }

    @Override
    public int nodes() {
        return 500;
    }

    @Override
    public Duration duration() {
        return Duration.ofHours(3);
    }

    @Override
    public Report play(Plan plan) {
        var world = plan.world();
        world.settled(plan.nodes(), plan.faults(), Id.random(world.random()));
        plan.audience().built(world.size());
        var stage = new Stage(plan, world);
        var third = plan.duration().dividedBy(3);
        stage.pass(third, LOOKUPS / 3);
        long cutNanos = world.clock().nowNanos();
        for (int i = 0; i < world.size(); i += 2) {
            world.network().side(world.node(i).endpoint().address(), 1);
        }
        stage.mark("cut in two");
        stage.pass(third, LOOKUPS / 3);
        long healNanos = world.clock().nowNanos();
        world.network().heal();
        stage.mark("healed");
        stage.pass(third, LOOKUPS / 3);
        stage.settle();
        long late = healNanos + third.toNanos() / 2;
        stage.lookupFigures("before", "before", sample -> sample.atNanos() < cutNanos);
        stage.lookupFigures(
                "during",
                "cut",
                sample -> sample.atNanos() >= cutNanos && sample.atNanos() < healNanos);
        double[] healed =
                stage.lookupFigures("after", "healed", sample -> sample.atNanos() >= late);
        stage.expectAtLeast("recall once healed", Statistics.mean(healed), 0.93);
        stage.chartTime();
        return stage.report();
    }
}
