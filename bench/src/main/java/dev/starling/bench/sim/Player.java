package dev.starling.bench.sim;

import dev.starling.node.Output;
import dev.starling.node.Units;
import dev.starling.sim.scenario.Plan;
import dev.starling.sim.scenario.Report;
import dev.starling.sim.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Plays scenarios and measures the time and the memory that they take.
final class Player {

    private final Output output;
    private final boolean isQuiet;

    /// @param isQuiet whether to say nothing on the way
    Player(Output output, boolean isQuiet) {
        this.output = output;
        this.isQuiet = isQuiet;
    }

    /// Plays once. An invariant that is broken, or any other mistake of ours, is an outcome.
    ///
    /// @param arguments beyond the scenario and the seed, as they were given
    Outcome play(Scenario scenario, Plan plan, List<String> arguments) {
        var watching = new Watching(plan);
        var watched = new Plan(plan.seed(), plan.nodes(), plan.duration(), plan.faults(), watching);
        Optional<Report> report = Optional.empty();
        Optional<IllegalStateException> failure = Optional.empty();
        try {
            report = Optional.of(scenario.play(watched));
        } catch (IllegalStateException e) {
            failure = Optional.of(e);
        }
        return new Outcome(
                scenario,
                plan,
                report,
                failure,
                watching.elapsed(),
                watching.buildTime,
                watching.bytesPerNode,
                replay(scenario, plan, arguments));
    }

    private static String replay(Scenario scenario, Plan plan, List<String> arguments) {
        var command =
                "starling sim "
                        + scenario.name()
                        + " --seed "
                        + plan.seed()
                        + " --nodes "
                        + plan.nodes()
                        + " --duration "
                        + time(plan.duration());
        return arguments.isEmpty() ? command : command + " " + String.join(" ", arguments);
    }

    private static String time(Duration duration) {
        return duration.toMillis() % 1_000 == 0
                ? duration.toSeconds() + "s"
                : duration.toMillis() + "ms";
    }

    /// Follows one run.
    private final class Watching implements Plan.Audience {

        /// Smaller worlds are measured in vain: what the JVM itself holds outweighs them.
        private static final int FEWEST_NODES = 1_000;

        private final Plan plan;
        private final long beganNanos = System.nanoTime();
        private final long bytesBefore;
        private Duration buildTime = Duration.ZERO;
        private long measuringNanos;
        private long bytesPerNode;

        Watching(Plan plan) {
            this.plan = plan;
            bytesBefore = isMeasured() ? usedBytes() : 0;
        }

        private boolean isMeasured() {
            return !isQuiet && plan.nodes() >= FEWEST_NODES;
        }

        Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - beganNanos - measuringNanos);
        }

        @Override
        public void built(int nodes) {
            buildTime = elapsed();
            long began = System.nanoTime();
            bytesPerNode = isMeasured() ? (usedBytes() - bytesBefore) / nodes : 0;
            measuringNanos = System.nanoTime() - began;
            told(nodes + " nodes live, after " + Units.duration(buildTime));
        }

        @Override
        public void told(String news) {
            if (!isQuiet) {
                output.progress(output.faint(news));
            }
        }

        private static long usedBytes() {
            System.gc();
            var runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        }
    }
}
