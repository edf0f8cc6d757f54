package dev.starling.sim;

import java.util.Locale;

/// What can go wrong in a simulated network, each by its name and with one figure.
public enum SimFault {
    LOSS("share of packets lost", 1),
    DUPLICATION("share of packets delivered twice", 1),
    REORDERING("share of packets late by up to three times their way", 1),
    SLOW("share of hosts that take one to five seconds to answer", 1),
    SILENT("share of nodes that hear nothing, behind a strict firewall", 1),
    NAT("share of nodes that only hear whom they have sent to within two minutes", 1),
    SKEW(
            "share by which clocks run too fast or too slow, each counting from a moment of its own",
            1),
    STALE("share of the contacts in tables that are dead from the start", 0.9),
    LIARS("share of nodes that name invented contacts and peers and accept announces", 0.9),
    HOSTILE("share of nodes that answer with broken bytes", 0.9),
    SPOOFED("forged packets a second: answers, announces and queries in others' names", 100_000),
    SYBILS("nodes of one party around the target, naming only each other", 10_000),
    SLOW_DISKS("share of peers whose disk takes half a second for each piece", 1),
    FULL_DISKS("share of peers whose disk is full for half a minute, early on", 1);

    private final String description;
    private final double most;

    SimFault(String description, double most) {
        this.description = description;
        this.most = most;
    }

    /// As an option is called: `loss`.
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String description() {
        return description;
    }

    /// The largest figure that makes sense; the smallest is 0.
    public double most() {
        return most;
    }
}
