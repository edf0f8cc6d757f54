package dev.starling.sim.scenario;

import dev.starling.sim.SimLookups.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Samples sorted into stretches of time, for lines of a chart.
final class TimeLine {

    private static final int STRETCHES = 40;
    private static final double NANOS_PER_MINUTE = 60e9;

    private final List<List<Sample>> stretches = new ArrayList<>();
    private final double stretchMinutes;

    TimeLine(List<Sample> samples) {
        long lastNanos = samples.stream().mapToLong(Sample::atNanos).max().orElse(0) + 1;
        stretchMinutes = lastNanos / NANOS_PER_MINUTE / STRETCHES;
        for (int i = 0; i < STRETCHES; i++) {
            stretches.add(new ArrayList<>());
        }
        for (var sample : samples) {
            stretches.get((int) (sample.atNanos() * STRETCHES / lastNanos)).add(sample);
        }
    }

    /// One point for each stretch that has samples.
    Chart.Line line(
            String name, ToDoubleFunction<Sample> figure, ToDoubleFunction<double[]> summary) {
        var points = new ArrayList<Chart.Point>();
        for (int i = 0; i < STRETCHES; i++) {
            double[] values = stretches.get(i).stream().mapToDouble(figure).toArray();
            if (values.length > 0) {
                double x = (i + 0.5) * stretchMinutes;
                points.add(new Chart.Point(x, summary.applyAsDouble(values)));
            }
        }
        return new Chart.Line(name, points);
    }
}
