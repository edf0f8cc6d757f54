package dev.starling.sim.scenario;

import dev.starling.sim.SimFaults;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A story that can be played on the simulator.
public interface Scenario {

    String name();

    /// What happens, in one sentence.
    String description();

    /// How many nodes unless the plan says otherwise.
    int nodes();

    /// How long unless the plan says otherwise.
    Duration duration();

    /// The faults that belong to the story.
    default SimFaults faults() {
        return SimFaults.none();
    }

    /// Plays it; throws [dev.starling.sim.SimViolation] when an invariant is broken.
    Report play(Plan plan);

    /// All that are shipped.
    static List<Scenario> all() {
        return List.of(
                new Join(),
                new SteadyDay(),
                new MassDeparture(),
                new PartitionAndHeal(),
                new FlashCrowd(),
                new EclipseAttempt(),
                new SybilCurve(),
                new PoisonedSwarm(),
                new Network());
    }

    static Optional<Scenario> named(String name) {
        return all().stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }
}
