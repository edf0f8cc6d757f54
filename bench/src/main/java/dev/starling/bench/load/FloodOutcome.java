package dev.starling.bench.load;

import dev.starling.sim.scenario.Chart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What those a node knows got of it before a flood, meanwhile and after: shares of their queries
/// that were answered.
final class FloodOutcome {

    /// A node counts as recovered from the moment on that it answers so much in every stretch.
    private static final double RECOVERED = 0.99;

    private static final double STRETCH_SECONDS = TimedQuestions.STRETCH_NANOS / 1e9;

    private final TimedQuestions known;
    private final int floodBegin;
    private final int floodEnd;
    private final int end;

    /// @param known what they asked
    /// @param calm how long they asked before the flood, and after it
    FloodOutcome(TimedQuestions known, Duration calm, Duration flood) {
        this.known = known;
        floodBegin = stretches(calm);
        floodEnd = floodBegin + stretches(flood);
        end = floodEnd + floodBegin;
    }

    private static int stretches(Duration time) {
        return (int) (time.toNanos() / TimedQuestions.STRETCH_NANOS);
    }

    double answeredBefore() {
        return known.answeredShare(0, floodBegin);
    }

    double answeredMeanwhile() {
        return known.answeredShare(floodBegin, floodEnd);
    }

    double answeredAfter() {
        return known.answeredShare(floodEnd, end);
    }

    /// How long after the flood the node had not recovered yet.
    double recoverySeconds() {
        int recovered = end;
        while (recovered > floodEnd && known.answeredShare(recovered - 1, recovered) >= RECOVERED) {
            recovered--;
        }
        return (recovered - floodEnd) * STRETCH_SECONDS;
    }

    Chart chart() {
        var points = new ArrayList<Chart.Point>();
        for (int i = 0; i < end; i++) {
            points.add(new Chart.Point(i * STRETCH_SECONDS, 100 * known.answeredShare(i, i + 1)));
        }
        return new Chart(
                "answers for those a node knows while it is flooded",
                "seconds",
                "% answered",
                Chart.Kind.LINES,
                List.of(new Chart.Line("answered", points)),
                List.of(
                        new Chart.Mark(floodBegin * STRETCH_SECONDS, "flood begins"),
                        new Chart.Mark(floodEnd * STRETCH_SECONDS, "ends")));
    }
}
