package dev.starling.sim.scenario;

import dev.starling.id.Id;
import java.time.Duration;

/// Half of the network goes at one moment, without a word.
final class MassDeparture implements Scenario {

    private static final int LOOKUPS = 600;

    @Override
    public String name() {
        return "departure";
    }

    @Override
    public String description() {
        return "Half of all nodes leave at one moment; the others find their way and mend.";
    }

    @Override
    public int nodes() {
        return 1_000;
    }

    @Override
    public Duration duration() {
        return Duration.ofMinutes(60);
    }

    @Override
    public Report play(Plan plan) {
        var world = plan.world();
        world.settled(plan.nodes(), plan.faults(), Id.random(world.random()));
        plan.audience().built(world.size());
        var stage = new Stage(plan, world);
        stage.pass(plan.duration().dividedBy(6), LOOKUPS / 6);
        long departureNanos = world.clock().nowNanos();
        for (int leaving = world.size() / 2; leaving > 0; leaving--) {
            world.remove(world.anyNode());
        }
        stage.mark("half have left");
        stage.pass(plan.duration().multipliedBy(5).dividedBy(6), LOOKUPS / 6 * 5);
        stage.settle();
        long minute = Duration.ofMinutes(1).toNanos();
        long late = departureNanos + plan.duration().toNanos() / 2;
        stage.lookupFigures("before", "before", sample -> sample.atNanos() < departureNanos);
        double[] after =
                stage.lookupFigures(
                        "within",
                        "within five minutes",
                        sample ->
                                sample.atNanos() >= departureNanos
                                        && sample.atNanos() < departureNanos + 5 * minute);
        double[] mended = stage.lookupFigures("later", "later", sample -> sample.atNanos() >= late);
        stage.figure("deadPercent", "dead contacts at the end, percent", stage.deadPercent());
        stage.expectAtLeast("recall within five minutes", Statistics.mean(after), 0.85);
        stage.expectAtLeast("recall later", Statistics.mean(mended), 0.93);
        stage.expectAtMost("dead contacts at the end, percent", stage.deadPercent(), 5);
        stage.chartTime();
        return stage.report();
    }
}
