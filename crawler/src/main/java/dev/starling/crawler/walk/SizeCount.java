package dev.starling.crawler.walk;

/// Estimates the size of the network from zones that have been swept whole.
///
/// To scale up the count of a zone [1] errs by what the sweep missed, up to two fifths; so the miss
/// rate is measured and corrected for. A node is missed in two ways.
///
/// *Nobody named it.* Each node is named by about eight others, each drawn as it were by lot. From
/// how many were named just once (f1) and just twice (f2) follows how many were never named: f1^2 /
/// 2 f2, with its variance [2]. Every node serves as a known one that might have been missed, where
/// [1] injects known nodes of its own.
///
/// *It was named, but packets were lost.* A question is asked up to k times. The share of nodes
/// that answered the second only, to those that answered the first, is the chance q that a question
/// comes to nothing; q^k of the nodes are silent though alive.
///
/// Zones not yet swept add the error of a sample: with a share s of the keyspace swept, the count
/// varies as a binomial of the whole.
///
/// 1. L. Wang, J. Kangasharju, "Measuring large-scale distributed systems: case of BitTorrent
///    Mainline DHT", P2P 2013.
/// 2. A. Chao, "Estimating the population size for capture-recapture data with unequal
///    catchability", Biometrics 43, 1987.
///
/// Confined to one thread.
final class SizeCount {

    /// 19 of 20 cases of a normal distribution lie within.
    private static final double STANDARD_ERRORS = 1.96;

    /// The two models are only models: a correction may be wrong by half of itself.
    private static final double CORRECTION_DOUBT = 0.5;

    private double share;
    private long nodes;
    private long once;
    private long twice;
    private long first;
    private long second;
    private int tries = 1;

    /// Takes in a zone that is done with.
    void add(Zone zone, ZoneCount count) {
        share += Math.scalb(1.0, -zone.bits());
        nodes += count.nodes();
        once += count.listedOnce();
        twice += count.listedTwice();
        first += count.firstTry();
        second += count.secondTry();
        tries = count.tries();
    }

    /// The share of the keyspace that has been swept.
    double share() {
        return share;
    }

    /// A share of the nodes that a question does not reach, or whose answer does not reach us.
    double lossShare() {
        return first == 0 ? 0 : Math.min(0.9, (double) second / first);
    }

    /// The size of that part of the network which `wholeShare` of the keyspace holds.
    SizeEstimate estimate(double wholeShare) {
        if (nodes == 0 || share == 0) {
            return SizeEstimate.UNKNOWN;
        }
        double unnamed = once * Math.max(0, once - 1.0) / (2.0 * (twice + 1));
        double silentShare = Math.pow(lossShare(), tries);
        double there = (nodes + unnamed) / (1 - silentShare);
        double missed = there - nodes;
        double scale = Math.max(1, wholeShare / share);
        double estimate = there * scale;

        double sampling = there * scale * (scale - 1); // binomial: n (1 - s) / s, s = 1 / scale
        double missing = (missed + unnamedVariance()) * scale * scale;
        double doubt = CORRECTION_DOUBT * missed * scale;
        double error = STANDARD_ERRORS * Math.sqrt(sampling + missing + doubt * doubt) + 1;
        return new SizeEstimate(
                estimate, Math.max((double) nodes, estimate - error), estimate + error);
    }

    /// Chao's variance of the number never named.
    private double unnamedVariance() {
        double r = (double) once / (twice + 1);
        return twice * (0.25 * Math.pow(r, 4) + Math.pow(r, 3) + 0.5 * r * r);
    }
}
