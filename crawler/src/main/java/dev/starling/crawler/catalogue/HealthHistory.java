package dev.starling.crawler.catalogue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Which measurements of a swarm are kept: a bounded number, dense lately and sparse long ago.
public final class HealthHistory {

    /// Enough for a chart; some kilobytes at the most.
    public static final int MAX_READINGS = 96;

    private HealthHistory() {}

    /// The history with one more measurement; the same where it is not newer than the latest.
    ///
    /// When full, the inner measurement goes whose neighbours lie closest together for its age, so
    /// that gaps grow with age and first and last stay.
    public static List<SwarmHealth> with(List<SwarmHealth> history, SwarmHealth latest) {
        if (!history.isEmpty() && !latest.measured().isAfter(history.getLast().measured())) {
            return history;
        }
        List<SwarmHealth> longer = new ArrayList<>(history);
        longer.add(latest);
        if (longer.size() > MAX_READINGS) {
            longer.remove(leastMissed(longer));
        }
        return List.copyOf(longer);
    }

    private static int leastMissed(List<SwarmHealth> history) {
        int best = 1;
        double least = Double.MAX_VALUE;
        for (int i = 1; i < history.size() - 1; i++) {
            double gap = seconds(history, i - 1, i + 1);
            double age = seconds(history, i, history.size() - 1);
            if (gap / age < least) {
                least = gap / age;
                best = i;
            }
        }
        return best;
    }

    private static double seconds(List<SwarmHealth> history, int from, int to) {
        return Duration.between(history.get(from).measured(), history.get(to).measured())
                .toSeconds();
    }
}
