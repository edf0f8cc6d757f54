package dev.starling.sim.scenario;

import java.util.stream.Collectors;

/// Prints the trace of some scenarios, to be compared with those of another JVM.
final class TraceProgram {

    private TraceProgram() {}

    public static void main(String[] args) {
        System.out.println(traces());
    }

    static String traces() {
        return Scenario.all().stream()
                .map(scenario -> scenario.play(ScenarioSimTest.small(scenario, 4)))
                .map(report -> Long.toHexString(report.traceHash()))
                .collect(Collectors.joining(" "));
    }
}
