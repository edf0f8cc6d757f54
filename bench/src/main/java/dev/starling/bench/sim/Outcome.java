package dev.starling.bench.sim;

import dev.starling.sim.SimViolation;
import dev.starling.sim.scenario.Plan;
import dev.starling.sim.scenario.Report;
import dev.starling.sim.scenario.Scenario;
import java.time.Duration;
import java.util.Optional;

/// One run of a scenario and what it cost.
///
/// @param report empty where an invariant was broken
/// @param bytesPerNode 0 where it was not measured
/// @param replay the command that does the same again
record Outcome(
        Scenario scenario,
        Plan plan,
        Optional<Report> report,
        Optional<IllegalStateException> failure,
        Duration realTime,
        Duration buildTime,
        long bytesPerNode,
        String replay) {

    boolean isGood() {
        return report.map(Report::isAsExpected).orElse(false);
    }

    /// The invariant that was broken, or what kind of mistake stopped the run.
    String broken() {
        return failure.map(why ->
                        why instanceof SimViolation violation
                                ? violation.invariant()
                                : why.getClass().getSimpleName())
                .orElse("");
    }
}
