package dev.starling.sim.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A picture of a report, as data: lines or bars over one axis.
///
/// @param xLabel with its unit
/// @param yLabel with its unit
public record Chart(
        String title, String xLabel, String yLabel, Kind kind, List<Line> lines, List<Mark> marks) {

    public Chart {
        lines = List.copyOf(lines);
        marks = List.copyOf(marks);
    }

    /// How it is drawn.
    public enum Kind {
        LINES,
        BARS
    }

    /// One series, in the order of x.
    public record Line(String name, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    public record Point(double x, double y) {}

    /// Something that happened at one place of the axis.
    public record Mark(double x, String label) {}

    static Chart lines(String title, String xLabel, String yLabel, List<Line> lines) {
        return new Chart(title, xLabel, yLabel, Kind.LINES, lines, List.of());
    }

    static Chart bars(String title, String xLabel, String yLabel, Line... lines) {
        return new Chart(title, xLabel, yLabel, Kind.BARS, List.of(lines), List.of());
    }

    Chart with(List<Mark> more) {
        return new Chart(title, xLabel, yLabel, kind, lines, more);
    }

    /// What share of `values` is at most x, as a line of a hundred points.
    static Line distribution(String name, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        var points = new ArrayList<Point>();
        for (int percent = 0; percent <= 100 && sorted.length > 0; percent++) {
            int place = (int) Math.round(percent / 100.0 * (sorted.length - 1));
            points.add(new Point(sorted[place], percent));
        }
        return new Line(name, points);
    }
}
