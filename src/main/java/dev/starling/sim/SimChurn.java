package dev.starling.sim;

import java.util.random.RandomGenerator;

/// Lets the nodes of a world leave when their sessions end, each followed by a newcomer, so that
/// their number stays. The bootstrap node stays too.
final class SimChurn {

    private final SimWorld world;
    private final SimSessions sessions;
    private final RandomGenerator random;

    SimChurn(SimWorld world, SimSessions sessions, RandomGenerator random) {
        this.world = world;
        this.sessions = sessions;
        this.random = random;
    }

    void begin() {
        var nodes = world.nodes();
        for (var node : nodes.subList(1, nodes.size())) {
            leaveAfter(node, sessions.restNanos(random));
        }
    }

    private void leaveAfter(SimDhtNode node, long nanos) {
        world.clock().after(nanos, () -> replace(node));
    }

    private void replace(SimDhtNode node) {
        if (node.isStopped()) {
            return; // something else has ended it, and no newcomer is due
        }
        world.remove(node);
        leaveAfter(world.addNode(), sessions.nanos(random));
    }
}
