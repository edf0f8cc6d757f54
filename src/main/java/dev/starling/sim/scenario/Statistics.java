package dev.starling.sim.scenario;

import java.util.Arrays;

/// Means and quantiles of a few thousand values; of none, 0.
final class Statistics {

    private Statistics() {}

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /// The value below which this share of all lies.
    static double quantile(double[] values, double share) {
        if (values.length == 0) {
            return 0;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
    }
}
