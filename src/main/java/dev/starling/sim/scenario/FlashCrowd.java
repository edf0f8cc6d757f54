package dev.starling.sim.scenario;

import dev.starling.dht.DhtInput;
import dev.starling.id.Id;
import dev.starling.sim.SimLookups.Sample;
import dev.starling.sim.SimWorld;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Hundreds look for one infohash within a minute, each announcing itself as it finds.
final class FlashCrowd implements Scenario {

    private static final int PORT = 51_413;
    private static final int SHARE = 4;

    @Override
    public String name() {
        return "flash";
    }

    @Override
    public String description() {
        return "A quarter of all nodes look for one infohash at once and announce themselves.";
    }

    @Override
    public int nodes() {
        return 2_000;
    }

    @Override
    public Duration duration() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Report play(Plan plan) {
        var world = plan.world();
        var infoHash = Id.random(world.random());
        world.settled(plan.nodes(), plan.faults(), infoHash);
        var stage = new Stage(plan, world);
        var seed = world.anyNode();
        stage.lookups().announce(seed, infoHash, PORT);
        world.runFor(Duration.ofSeconds(30));
        stage.mark("the crowd comes");
        long beganNanos = world.clock().nowNanos();
        crowd(plan, world, stage, infoHash);
        stage.settle();
        report(stage, beganNanos);
        return stage.report();
    }

    private static void crowd(Plan plan, SimWorld world, Stage stage, Id infoHash) {
        var announce = Optional.of(new DhtInput.Announce(PORT, false, false));
        int comers = world.size() / SHARE;
        for (int i = 0; i < comers; i++) {
            world.clock()
                    .after(
                            world.random().nextLong(plan.duration().toNanos()),
                            () -> stage.lookups().findPeers(world.anyNode(), infoHash, announce));
        }
        stage.pass(plan.duration(), 0);
    }

    private static void report(Stage stage, long beganNanos) {
        var crowd =
                stage.lookups().samples().stream()
                        .filter(sample -> sample.atNanos() >= beganNanos)
                        .toList();
        double[] first = Stage.millisToPeers(crowd);
        double found = (double) first.length / crowd.size();
        double recall = Stage.mean(crowd, Sample::recall);
        stage.figure("searches", "searches", crowd.size());
        stage.figure("foundPeers", "share that found peers", found);
        stage.figure("firstPeersMedianMillis", "first peers, median ms", Statistics.median(first));
        stage.figure(
                "firstPeersP99Millis", "first peers, p99 ms", Statistics.quantile(first, 0.99));
        stage.figure("announceRecall", "share of the 8 closest that hold a comer", recall);
        stage.expectAtLeast("share that found peers", found, 0.99);
        stage.expectAtLeast("share of the 8 closest that hold a comer", recall, 0.9);
        stage.expectAtMost("first peers, p99 ms", Statistics.quantile(first, 0.99), 3_000);
        stage.chart(
                Chart.lines(
                        "Time to the first peers and to the end of the announce",
                        "ms",
                        "percent of searches",
                        List.of(
                                Chart.distribution("first peers", first),
                                Chart.distribution("announced", Stage.millis(crowd)))));
        stage.chartTime();
    }
}
