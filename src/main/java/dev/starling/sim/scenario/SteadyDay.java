package dev.starling.sim.scenario;

import dev.starling.id.Id;
import dev.starling.sim.SimFault;
import dev.starling.sim.SimFaults;
import dev.starling.sim.SimSessions;
import java.time.Duration;

/// A day of a network whose nodes come and go as measured, with a little loss.
final class SteadyDay implements Scenario {

    private static final int LOOKUPS = 600;

    @Override
    public String name() {
        return "steady";
    }

    @Override
    public String description() {
        return "A day of a network whose nodes come and go, with some loss, NAT and slow hosts.";
    }

    @Override
    public int nodes() {
        return 200;
    }

    @Override
    public Duration duration() {
        return Duration.ofHours(24);
    }

    @Override
    public SimFaults faults() {
        return SimFaults.none()
                .with(SimFault.LOSS, 0.01)
                .with(SimFault.SLOW, 0.03)
                .with(SimFault.NAT, 0.1)
                .with(SimSessions.measured());
    }

    @Override
    public Report play(Plan plan) {
        var world = plan.world();
        world.settled(plan.nodes(), plan.faults(), Id.random(world.random()));
        plan.audience().built(world.size());
        var stage = new Stage(plan, world);
        stage.pass(plan.duration(), LOOKUPS);
        stage.settle();
        double[] recall = stage.lookupFigures("lookup", "lookups", sample -> true);
        stage.figure("deadPercent", "dead contacts at the end, percent", stage.deadPercent());
        stage.figure("packetsPerSecond", "packets a node sends per second", stage.packets());
        stage.expectAtLeast("recall of lookups", Statistics.mean(recall), 0.9);
        stage.expectAtMost("packets a node sends per second", stage.packets(), 3);
        stage.chartTime();
        return stage.report();
    }
}
