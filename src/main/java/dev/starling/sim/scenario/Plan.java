package dev.starling.sim.scenario;

import dev.starling.routing.RoutingTable;
import dev.starling.sim.SimFaults;
import dev.starling.sim.SimWorld;
import java.time.Duration;

/// How a scenario is to be played.
///
/// @param nodes that live in the world, peers where it is a swarm
/// @param duration of the part in which things happen
public record Plan(long seed, int nodes, Duration duration, SimFaults faults, Audience audience) {

    /// In larger worlds tables have no wide buckets, or two cores' memory would not hold them.
    private static final int MOST_WITH_WIDE_BUCKETS = 200_000;

    /// Who hears while a scenario is played, for what takes real time or memory.
    public interface Audience {

        /// The world is there, with so many nodes.
        default void built(int nodes) {}

        /// How far it is, or what happens.
        default void told(String news) {}
    }

    public Plan {
        if (nodes < 10) {
            throw new IllegalArgumentException("a world of " + nodes + " nodes; it takes ten");
        }
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a duration of " + duration);
        }
    }

    /// The scenario as it is shipped.
    public static Plan standard(Scenario scenario, long seed) {
        return new Plan(
                seed, scenario.nodes(), scenario.duration(), scenario.faults(), new Audience() {});
    }

    /// An empty world for this plan.
    SimWorld world() {
        boolean isHuge = nodes > MOST_WITH_WIDE_BUCKETS;
        return SimWorld.seeded(seed)
                .widestBuckets(isHuge ? RoutingTable.BUCKET_SIZE : RoutingTable.WIDEST_BUCKET_SIZE);
    }
}
