package dev.starling.sim.scenario;

import dev.starling.id.Id;
import dev.starling.sim.SimLookups.Sample;
import java.time.Duration;
import java.util.List;

/// Nodes that know each other from the start, without any of the packets that this takes; and many
/// lookups among them. The one scenario for a million nodes.
final class Network implements Scenario {

    private static final int LOOKUPS = 500;

    @Override
    public String name() {
        return "network";
    }

    @Override
    public String description() {
        return "A network of any size whose nodes have long known each other; many lookups in it.";
    }

    @Override
    public int nodes() {
        return 10_000;
    }

    @Override
    public Duration duration() {
        return Duration.ofSeconds(20);
    }

    @Override
    public Report play(Plan plan) {
        var world = plan.world();
        world.settled(plan.nodes(), plan.faults(), Id.random(world.random()));
        plan.audience().built(world.size());
        var stage = new Stage(plan, world);
        stage.pass(plan.duration(), LOOKUPS);
        stage.settle();
        double[] recall = stage.lookupFigures("lookup", "lookups", Sample::isForNodes);
        stage.expectAtLeast("recall of lookups", Statistics.mean(recall), 0.93);
        stage.chart(Join.fill(world));
        var samples = stage.lookups().samples();
        stage.chart(
                Chart.lines(
                        "Time of a lookup",
                        "ms",
                        "percent of lookups",
                        List.of(Chart.distribution("all", Stage.millis(samples)))));
        stage.chart(
                Chart.lines(
                        "Queries of a lookup",
                        "queries",
                        "percent of lookups",
                        List.of(
                                Chart.distribution(
                                        "all",
                                        samples.stream().mapToDouble(Sample::queries).toArray()))));
        stage.chartTime();
        return stage.report();
    }
}
