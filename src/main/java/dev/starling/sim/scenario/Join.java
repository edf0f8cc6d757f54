package dev.starling.sim.scenario;

import dev.starling.id.Id;
import dev.starling.sim.SimDhtNode;
import dev.starling.sim.SimLookups.Sample;
import dev.starling.sim.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Nodes join one after the other by one bootstrap node; then they look up, announce and find.
final class Join implements Scenario {

    private static final int LOOKUPS = 200;
    private static final int ANNOUNCES = 30;
    private static final int PORT = 51_413;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int LEVELS = 20;

    @Override
    public String name() {
        return "join";
    }

    @Override
    public String description() {
        return "Nodes join one after the other by one bootstrap node, then look up and announce.";
    }

    @Override
    public int nodes() {
        return 1_000;
    }

    @Override
    public Duration duration() {
        return Duration.ofMinutes(15);
    }

    @Override
    public Report play(Plan plan) {
        var world = plan.world().joined(plan.nodes(), plan.faults());
        var stage = new Stage(plan, world);
        plan.audience().built(world.size());
        stage.mark("all have joined");
        chartJoining(stage);
        stage.pass(plan.duration(), LOOKUPS);
        stage.settle();
        double[] recall = stage.lookupFigures("lookup", "lookups", sample -> true);
        announce(stage);
        stage.expectAtLeast("recall of lookups", Statistics.mean(recall), 0.93);
        stage.chart(fill(world));
        stage.chartTime();
        return stage.report();
    }

    private static void chartJoining(Stage stage) {
        double[] millis =
                stage.world().nodes().stream()
                        .map(SimDhtNode::joiningNanos)
                        .filter(nanos -> nanos.isPresent())
                        .mapToDouble(nanos -> nanos.getAsLong() / NANOS_PER_MILLI)
                        .toArray();
        stage.figure("joinMedianMillis", "joining, median ms", Statistics.median(millis));
        stage.figure("joinP99Millis", "joining, p99 ms", Statistics.quantile(millis, 0.99));
        stage.expectAtMost("joining, median ms", Statistics.median(millis), 3_000);
        stage.chart(
                Chart.lines(
                        "Time to join",
                        "ms",
                        "percent of nodes",
                        List.of(Chart.distribution("nodes", millis))));
    }

    /// Some nodes announce each an infohash of its own, and others look for them.
    private static void announce(Stage stage) {
        var world = stage.world();
        int before = stage.lookups().samples().size();
        var infoHashes = new ArrayList<Id>();
        for (int i = 0; i < ANNOUNCES; i++) {
            var node = world.anyNode();
            infoHashes.add(Id.random(world.random()));
            stage.lookups().announce(node, infoHashes.getLast(), PORT);
        }
        stage.settle();
        var announces = stage.lookups().samples().stream().skip(before).toList();
        for (int i = 0; i < ANNOUNCES; i++) {
            stage.lookups().findPeers(infoHashes.get(i));
        }
        stage.settle();
        var finds = stage.lookups().samples().stream().skip(before + announces.size()).toList();
        double recall = Stage.mean(announces, Sample::recall);
        double found = Stage.mean(finds, sample -> sample.foundPeer() ? 1 : 0);
        stage.figure("announceRecall", "announces, share of the 8 closest that hold it", recall);
        stage.figure(
                "announceMedianMillis",
                "announces, median ms",
                Statistics.median(Stage.millis(announces)));
        stage.figure(
                "firstPeersMedianMillis",
                "first peers, median ms",
                Statistics.median(Stage.millisToPeers(finds)));
        stage.figure("peersFound", "share of the announced peers found", found);
        stage.expectAtLeast("share of the announced peers found", found, 0.95);
    }

    /// How full buckets are by the bits their contacts share with the node.
    static Chart fill(SimWorld world) {
        double[] sums = new double[LEVELS];
        for (var node : world.nodes()) {
            for (var state : node.node().contacts()) {
                int shared = state.contact().id().sharedPrefixBits(node.id());
                sums[Math.min(shared, LEVELS - 1)]++;
            }
        }
        var points = new ArrayList<Chart.Point>();
        for (int level = 0; level < LEVELS && sums[level] > 0; level++) {
            points.add(new Chart.Point(level, sums[level] / world.size()));
        }
        return Chart.bars(
                "Contacts by the leading bits they share with their node",
                "bits",
                "contacts, mean",
                new Chart.Line("all nodes", points));
    }
}
