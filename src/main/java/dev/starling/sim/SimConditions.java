package dev.starling.sim;

/// What a network does to packets; each share is a probability from 0 to 1.
///
/// @param reordering share of packets that are late by up to three times their way
/// @param slowHosts share of the hosts that take one to five seconds to answer
public record SimConditions(
        SimLatency latency, double loss, double duplication, double reordering, double slowHosts) {

    public SimConditions {
        requireShare("loss", loss);
        requireShare("duplication", duplication);
        requireShare("reordering", reordering);
        requireShare("slowHosts", slowHosts);
    }

    public static SimConditions perfect(SimLatency latency) {
        return new SimConditions(latency, 0, 0, 0, 0);
    }

    public SimConditions latency(SimLatency next) {
        return new SimConditions(next, loss, duplication, reordering, slowHosts);
    }

    public SimConditions losing(double share) {
        return new SimConditions(latency, share, duplication, reordering, slowHosts);
    }

    public SimConditions duplicating(double share) {
        return new SimConditions(latency, loss, share, reordering, slowHosts);
    }

    public SimConditions reordering(double share) {
        return new SimConditions(latency, loss, duplication, share, slowHosts);
    }

    public SimConditions slowHosts(double share) {
        return new SimConditions(latency, loss, duplication, reordering, share);
    }

    static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " " + share + " is not in 0..1");
        }
    }
}
