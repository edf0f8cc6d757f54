package dev.starling.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The faults of one world: a figure for each [SimFault], how far hosts are apart and how long
/// nodes stay. Immutable.
public final class SimFaults {

    private final EnumMap<SimFault, Double> figures;
    private final SimLatency latency;
    private final Optional<SimSessions> sessions;

    private SimFaults(
            Map<SimFault, Double> figures, SimLatency latency, Optional<SimSessions> sessions) {
        this.figures = new EnumMap<>(SimFault.class);
        this.figures.putAll(figures);
        this.latency = latency;
        this.sessions = sessions;
    }

    /// A network in which nothing goes wrong, as far apart as the Internet.
    public static SimFaults none() {
        return new SimFaults(new EnumMap<>(SimFault.class), SimLatency.INTERNET, Optional.empty());
    }

    public SimFaults with(SimFault fault, double figure) {
        if (!(figure >= 0 && figure <= fault.most())) {
            throw new IllegalArgumentException(
                    fault.title() + " " + figure + " is not in 0.." + fault.most());
        }
        var next = new SimFaults(figures, latency, sessions);
        next.figures.put(fault, figure);
        return next;
    }

    public SimFaults with(SimLatency next) {
        return new SimFaults(figures, next, sessions);
    }

    public SimFaults with(SimSessions next) {
        return new SimFaults(figures, latency, Optional.of(next));
    }

    /// The same without anybody leaving.
    public SimFaults withoutChurn() {
        return new SimFaults(figures, latency, Optional.empty());
    }

    /// The figure of one fault, 0 where it was not given.
    public double of(SimFault fault) {
        return figures.getOrDefault(fault, 0.0);
    }

    /// Whether a figure was given.
    public boolean has(SimFault fault) {
        return figures.containsKey(fault);
    }

    public SimLatency latency() {
        return latency;
    }

    /// How long nodes stay; empty where nobody leaves.
    public Optional<SimSessions> sessions() {
        return sessions;
    }

    /// What of this happens to packets.
    public SimConditions conditions() {
        return new SimConditions(
                latency,
                of(SimFault.LOSS),
                of(SimFault.DUPLICATION),
                of(SimFault.REORDERING),
                of(SimFault.SLOW));
    }
}
