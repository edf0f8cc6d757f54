package dev.starling.sim.scenario;

import dev.starling.sim.SimDhtNode;
import dev.starling.sim.SimWorld;
import java.util.ArrayList;
import java.util.List;

/// Counts from time to time how the nodes of a world are.
final class Census {

    /// Nodes looked at each time; enough for means to a few percent.
    private static final int LOOKED_AT = 60;

    private static final double NANOS_PER_SECOND = 1e9;

    private final SimWorld world;
    private final List<Chart.Point> nodes = new ArrayList<>();
    private final List<Chart.Point> contacts = new ArrayList<>();
    private final List<Chart.Point> dead = new ArrayList<>();
    private final List<Chart.Point> packets = new ArrayList<>();
    private long sentBefore;
    private long beforeNanos;

    Census(SimWorld world) {
        this.world = world;
        sentBefore = world.network().sent();
        beforeNanos = world.clock().nowNanos();
    }

    void take() {
        long nowNanos = world.clock().nowNanos();
        double minutes = nowNanos / NANOS_PER_SECOND / 60;
        int members = 0;
        int deadMembers = 0;
        int looked = Math.min(LOOKED_AT, world.size());
        for (int i = 0; i < looked; i++) {
            // Evenly spread and not at random, so that counting changes nothing.
            SimDhtNode node = world.node((int) ((long) i * world.size() / looked));
            for (var state : node.node().contacts()) {
                members++;
                deadMembers += world.network().isBound(state.contact().endpoint()) ? 0 : 1;
            }
        }
        nodes.add(new Chart.Point(minutes, world.size()));
        contacts.add(new Chart.Point(minutes, (double) members / looked));
        dead.add(new Chart.Point(minutes, members == 0 ? 0 : 100.0 * deadMembers / members));
        double seconds = (nowNanos - beforeNanos) / NANOS_PER_SECOND;
        long sent = world.network().sent() - sentBefore;
        packets.add(new Chart.Point(minutes, sent / seconds / world.size()));
        sentBefore = world.network().sent();
        beforeNanos = nowNanos;
    }

    /// The latest share of dead contacts, in percent.
    double deadPercent() {
        return dead.isEmpty() ? 0 : dead.getLast().y();
    }

    double packetsPerNodeAndSecond() {
        return packets.stream().mapToDouble(Chart.Point::y).average().orElse(0);
    }

    List<Chart> charts() {
        return List.of(
                over("Nodes that live", "nodes", new Chart.Line("nodes", nodes)),
                over("Contacts in a table", "contacts", new Chart.Line("mean", contacts)),
                over("Contacts that are dead", "percent", new Chart.Line("share", dead)),
                over(
                        "Packets sent by a node",
                        "packets per second",
                        new Chart.Line("mean", packets)));
    }

    private static Chart over(String title, String yLabel, Chart.Line line) {
        return Chart.lines(title, "minutes", yLabel, List.of(line));
    }
}
