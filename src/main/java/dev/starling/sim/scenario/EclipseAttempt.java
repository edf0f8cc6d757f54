package dev.starling.sim.scenario;

import dev.starling.id.Id;
import dev.starling.sim.SimFault;
import dev.starling.sim.SimFaults;
import dev.starling.sim.SimLookups.Sample;
import java.time.Duration;
import java.util.List;

/// One party puts nodes around an infohash that name only each other; others announce and look for
/// it all the same.
final class EclipseAttempt implements Scenario {

    private static final int ANNOUNCES = 40;
    private static final int PORT = 51_413;

    @Override
    public String name() {
        return "eclipse";
    }

    @Override
    public String description() {
        return "Twenty sybils around one infohash name only each other; a fifth of all nodes lie.";
    }

    @Override
    public int nodes() {
        return 2_000;
    }

    @Override
    public Duration duration() {
        return Duration.ofMinutes(20);
    }

    @Override
    public SimFaults faults() {
        return SimFaults.none().with(SimFault.SYBILS, 20).with(SimFault.LIARS, 0.2);
    }

    @Override
    public Report play(Plan plan) {
        var world = plan.world();
        var target = Id.random(world.random());
        world.settled(plan.nodes(), plan.faults(), target);
        var stage = new Stage(plan, world);
        var first = world.anyNode();
        stage.lookups().announce(first, target, PORT);
        world.runFor(Duration.ofMinutes(1));
        for (int i = 0; i < ANNOUNCES; i++) {
            world.clock()
                    .after(
                            spread(plan, i),
                            () -> stage.lookups().announce(world.anyNode(), target, PORT));
            world.clock().after(spread(plan, i), () -> stage.lookups().findPeers(target));
        }
        stage.pass(plan.duration(), 200);
        stage.settle();
        report(stage);
        return stage.report();
    }

    private static long spread(Plan plan, int number) {
        return plan.duration().toNanos() / ANNOUNCES * number;
    }

    private static void report(Stage stage) {
        var announces = stage.lookups().announces();
        var finds = stage.lookups().finds();
        double recall = Stage.mean(announces, Sample::recall);
        double found = Stage.mean(finds, sample -> sample.foundPeer() ? 1 : 0);
        stage.figure("announceRecall", "announces, share of the 8 closest honest nodes", recall);
        stage.figure(
                "announceMedianMillis",
                "announces, median ms",
                Statistics.median(Stage.millis(announces)));
        stage.figure("peerFound", "searches that find a true peer", found);
        stage.figure("findQueries", "searches, mean queries", Stage.mean(finds, Sample::queries));
        double[] others = stage.lookupFigures("lookup", "lookups elsewhere", Sample::isForNodes);
        stage.expectAtLeast("announces, share of the 8 closest honest nodes", recall, 0.9);
        stage.expectAtLeast("searches that find a true peer", found, 0.95);
        stage.expectAtLeast("lookups elsewhere, recall", Statistics.mean(others), 0.9);
        stage.chart(
                Chart.lines(
                        "Share of the 8 closest honest nodes that hold an announce",
                        "share",
                        "percent of announces",
                        List.of(
                                Chart.distribution(
                                        "announces",
                                        announces.stream()
                                                .mapToDouble(Sample::recall)
                                                .toArray()))));
        stage.chartTime();
    }
}
