package dev.starling.bench.sim;

import dev.starling.node.Failure;
import dev.starling.sim.SimFault;
import dev.starling.sim.SimFaults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/// What is to go wrong, one option for each [SimFault]; how far hosts are apart; how long they
/// stay.
final class FaultOptions {

    private final Map<SimFault, Double> figures = new LinkedHashMap<>();
    private final List<String> given = new ArrayList<>();

    @Option(
            names = "--latency",
            paramLabel = "WHERE",
            description =
                    "How far hosts are apart: internet (default), regions, a time one way such as"
                            + " 50ms, or a file with a round trip in milliseconds on each line.")
    private String latency = "";

    @Option(
            names = "--churn",
            paramLabel = "HOW",
            description =
                    "How long nodes stay: measured, never, a mean such as 1h, or weibull:1h:0.5.")
    private String churn = "";

    @Option(names = "--loss", paramLabel = "SHARE", description = "Packets lost.")
    void loss(double share) {
        set(SimFault.LOSS, share);
    }

    @Option(names = "--duplication", paramLabel = "SHARE", description = "Packets sent twice.")
    void duplication(double share) {
        set(SimFault.DUPLICATION, share);
    }

    @Option(names = "--reordering", paramLabel = "SHARE", description = "Packets very late.")
    void reordering(double share) {
        set(SimFault.REORDERING, share);
    }

    @Option(names = "--slow", paramLabel = "SHARE", description = "Hosts that take 1 to 5 s.")
    void slow(double share) {
        set(SimFault.SLOW, share);
    }

    @Option(names = "--silent", paramLabel = "SHARE", description = "Nodes that hear nothing.")
    void silent(double share) {
        set(SimFault.SILENT, share);
    }

    @Option(
            names = "--nat",
            paramLabel = "SHARE",
            description = "Nodes that hear only whom they have contacted.")
    void nat(double share) {
        set(SimFault.NAT, share);
    }

    @Option(
            names = "--skew",
            paramLabel = "SHARE",
            description = "How much clocks run too fast or too slow.")
    void skew(double share) {
        set(SimFault.SKEW, share);
    }

    @Option(names = "--stale", paramLabel = "SHARE", description = "Contacts dead at the start.")
    void stale(double share) {
        set(SimFault.STALE, share);
    }

    @Option(names = "--liars", paramLabel = "SHARE", description = "Nodes (peers) that lie.")
    void liars(double share) {
        set(SimFault.LIARS, share);
    }

    @Option(
            names = "--hostile",
            paramLabel = "SHARE",
            description = "Nodes that answer with broken bytes.")
    void hostile(double share) {
        set(SimFault.HOSTILE, share);
    }

    @Option(names = "--spoofed", paramLabel = "N", description = "Forged packets a second.")
    void spoofed(double perSecond) {
        set(SimFault.SPOOFED, perSecond);
    }

    @Option(
            names = "--sybils",
            paramLabel = "N",
            description = "Nodes of one party around the target of eclipse.")
    void sybils(double count) {
        set(SimFault.SYBILS, count);
    }

    @Option(
            names = "--slow-disks",
            paramLabel = "SHARE",
            description = "Peers whose disk takes half a second for a piece.")
    void slowDisks(double share) {
        set(SimFault.SLOW_DISKS, share);
    }

    @Option(
            names = "--full-disks",
            paramLabel = "SHARE",
            description = "Peers whose disk is full for half a minute.")
    void fullDisks(double share) {
        set(SimFault.FULL_DISKS, share);
    }

    /// A scenario's own faults with those given in their place.
    SimFaults over(SimFaults faults) throws Failure, IOException {
        var all = faults;
        for (var each : figures.entrySet()) {
            try {
                all = all.with(each.getKey(), each.getValue());
            } catch (IllegalArgumentException e) {
                throw new Failure(String.valueOf(e.getMessage()), "Give a figure in that range.");
            }
        }
        if (!latency.isEmpty()) {
            all = all.with(Distances.parse(latency));
        }
        return churn.isEmpty() ? all : Sessions.over(all, churn);
    }

    /// As they would be written again.
    List<String> arguments() {
        var arguments = new ArrayList<>(given);
        if (!latency.isEmpty()) {
            arguments.add("--latency " + latency);
        }
        if (!churn.isEmpty()) {
            arguments.add("--churn " + churn);
        }
        return arguments;
    }

    private void set(SimFault fault, double figure) {
        figures.put(fault, figure);
        given.add(argument(fault, figure));
    }

    static String argument(SimFault fault, double figure) {
        boolean isWhole = figure == Math.rint(figure);
        return "--"
                + fault.title()
                + " "
                + (isWhole
                        ? String.valueOf((long) figure)
                        : String.format(Locale.ROOT, "%s", figure));
    }
}
