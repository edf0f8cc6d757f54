package dev.starling.lookup;

import java.util.concurrent.TimeUnit;

/// How long nodes take to answer, learned from every answer, shared by the lookups of one node.
///
/// Gives the time after which a query is unlikely to be answered soon and its slot is better used
/// for another contact. Confined to the node's thread.
///
/// A histogram with geometric bins, so that a network of 1 ms and one of 1 s are told apart equally
/// well; old answers fade, so that a change of network is learned within some hundred answers.
public final class RoundTripTimes {

    private static final long FIRST_BIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double BIN_RATIO = 1.15;

    /// Bins reach 1 ms * 1.15^66, ten seconds.
    private static final int BIN_COUNT = 67;

    /// The share of answers that come before the stall time.
    private static final double STALL_QUANTILE = 0.9;

    /// Shorter would ask twice for a moment's delay in a network of one machine.
    private static final long MIN_STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// Longer would leave a lookup idle where most contacts are dead.
    private static final long MAX_STALL_NANOS = TimeUnit.SECONDS.toNanos(2);

    /// What is assumed before the first answer, with the weight of half an answer: nine in ten
    /// answers of the public DHT come sooner (Jimenez and others, 2011).
    private static final long ASSUMED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final double ASSUMED_WEIGHT = 0.5;

    /// Weights are halved when their sum reaches this.
    private static final double MAX_WEIGHT = 256;

    /// The weight of a new outcome: some hundred of them tell the share.
    private static final double SHARE_WEIGHT = 0.01;

    private static final float[] NONE = {};

    /// Made for the first answer: a node that asks nobody does without.
    private float[] weights = NONE;

    private double sum;
    private long stallNanos = stallNanos(bin(ASSUMED_NANOS));
    private double answeredShare = 1;

    public void answered(long rttNanos) {
        answeredShare += SHARE_WEIGHT * (1 - answeredShare);
        if (weights.length == 0) {
            weights = new float[BIN_COUNT];
            add(ASSUMED_NANOS, ASSUMED_WEIGHT);
        }
        if (sum >= MAX_WEIGHT) {
            sum = 0;
            for (int i = 0; i < BIN_COUNT; i++) {
                weights[i] /= 2;
                sum += weights[i];
            }
        }
        add(rttNanos, 1);
    }

    /// A query has not been answered at all.
    public void unanswered() {
        answeredShare -= SHARE_WEIGHT * answeredShare;
    }

    /// The share of queries that were answered lately.
    public double answeredShare() {
        return answeredShare;
    }

    /// After this long a pending query frees its slot, though a late answer still counts; 50 ms to
    /// 2 s.
    public long stallNanos() {
        return stallNanos;
    }

    private void add(long rttNanos, double weight) {
        weights[bin(rttNanos)] += (float) weight;
        sum += weight;
        double before = 0;
        int bin = 0;
        while (bin < BIN_COUNT - 1 && before + weights[bin] < STALL_QUANTILE * sum) {
            before += weights[bin];
            bin++;
        }
        stallNanos = stallNanos(bin);
    }

    private static long stallNanos(int bin) {
        long endNanos = (long) (FIRST_BIN_NANOS * Math.pow(BIN_RATIO, bin));
        return Math.clamp(endNanos, MIN_STALL_NANOS, MAX_STALL_NANOS);
    }

    /// Bin i ends at 1 ms * 1.15^i.
    private static int bin(long rttNanos) {
        double ratio = Math.max(1.0, (double) rttNanos / FIRST_BIN_NANOS);
        return (int) Math.min(Math.ceil(Math.log(ratio) / Math.log(BIN_RATIO)), BIN_COUNT - 1);
    }
}
