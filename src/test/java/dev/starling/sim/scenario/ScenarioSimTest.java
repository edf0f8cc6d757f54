package dev.starling.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every scenario in a small world; docs/simulator.md has them at their size.
class ScenarioSimTest {

    private static final Duration LONGEST = Duration.ofMinutes(6);

    static List<Scenario> scenarios() {
        return Scenario.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void playsThroughAndHasFiguresAndCharts(Scenario scenario) {
        var report = scenario.play(small(scenario, 1));

        assertThat(report.figures()).isNotEmpty();
        assertThat(report.expectations()).isNotEmpty();
        assertThat(report.charts())
                .isNotEmpty()
                .allSatisfy(chart -> assertThat(chart.lines()).isNotEmpty());
        assertThat(report.checks()).isPositive();
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        var scenario = Scenario.all().getFirst();

        long first = scenario.play(small(scenario, 2)).traceHash();
        long again = scenario.play(small(scenario, 2)).traceHash();
        long other = scenario.play(small(scenario, 3)).traceHash();

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void theSameSeedGivesTheSameTraceInAnotherJvm() throws IOException, InterruptedException {
        var here = TraceProgram.traces();

        var java = ProcessHandle.current().info().command().orElseThrow();
        var process =
                new ProcessBuilder(
                                java,
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TraceProgram.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var there = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(there.strip()).isEqualTo(here);
    }

    @Test
    void aWorldTooSmallIsRefused() {
        var scenario = Scenario.all().getFirst();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> small(scenario, 1, 3))
                .withMessageContaining("3 nodes");
    }

    static Plan small(Scenario scenario, long seed) {
        return small(scenario, seed, Math.min(scenario.nodes(), 24));
    }

    private static Plan small(Scenario scenario, long seed, int nodes) {
        var duration = scenario.duration().compareTo(LONGEST) < 0 ? scenario.duration() : LONGEST;
        return new Plan(seed, nodes, duration, scenario.faults(), new Plan.Audience() {});
    }
}
