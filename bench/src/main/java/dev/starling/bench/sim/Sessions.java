package dev.starling.bench.sim;

import dev.starling.node.Failure;
import dev.starling.node.Units;
import dev.starling.sim.SimFaults;
import dev.starling.sim.SimSessions;

/// Reads how long nodes stay.
final class Sessions {

    private Sessions() {}

    static SimFaults over(SimFaults faults, String text) throws Failure {
        if (text.equals("never")) {
            return faults.withoutChurn();
        }
        try {
            return faults.with(parse(text));
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    "'" + text + "' does not say how long nodes stay",
                    "Write measured, never, a mean such as 1h, or weibull:1h:0.5.",
                    e);
        }
    }

    private static SimSessions parse(String text) {
        if (text.equals("measured")) {
            return SimSessions.measured();
        }
        String[] parts = text.split(":", -1);
        if (parts.length == 3 && parts[0].equals("weibull")) {
            double shape = Double.parseDouble(parts[2]);
            return new SimSessions.Weibull(Units.parseDuration(parts[1]), shape);
        }
        return new SimSessions.Exponential(Units.parseDuration(text));
    }
}
