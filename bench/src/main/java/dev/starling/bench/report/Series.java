package dev.starling.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/// One measured thing through all runs that measured it.
///
/// @param group what it is shown beside
/// @param points from old to new, at least one
record Series(String group, String name, String unit, List<Point> points) {

    /// @param error half of the spread, or zero where that is not known
    record Point(String run, double value, double error, String note) {}

    Series {
        points = List.copyOf(points);
    }

    Point latest() {
        return points.getLast();
    }

    /// Every series found in some runs, in the order in which they first occur.
    static List<Series> of(List<ResultFile> runs) {
        SequencedMap<String, Series> found = new LinkedHashMap<>();
        for (var run : runs) {
            for (var line : run.lines()) {
                switch (line.text("event")) {
                    case "jmh" -> add(found, run, line, Series::jmh);
                    case "hash", "openssl" -> add(found, run, line, Series::hash);
                    case "summary" -> add(found, run, line, Series::summary);
                    default -> {} // what a benchmark says beside its result
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static void add(
            SequencedMap<String, Series> found,
            ResultFile run,
            ResultLine line,
            Function<ResultLine, List<Series>> reading) {
        for (var one : reading.apply(line)) {
            var point = one.latest();
            var dated = new Point(run.name(), point.value(), point.error(), point.note());
            found.merge(
                    one.group() + "\n" + one.name(),
                    one.with(List.of(dated)),
                    (before, after) -> before.and(dated));
        }
    }

    private Series with(List<Point> others) {
        return new Series(group, name, unit, others);
    }

    private Series and(Point point) {
        var all = new ArrayList<>(points);
        all.add(point);
        return with(all);
    }

    private static List<Series> jmh(ResultLine line) {
        var name = (line.text("method") + " " + line.text("params")).strip();
        var note = "%.0f B".formatted(line.number("bytesPerOperation"));
        if (line.has("instructionsPerOperation")) {
            note += ", %.0f instructions".formatted(line.number("instructionsPerOperation"));
        }
        return single(
                line.text("benchmark") + ", " + line.text("unit"),
                name,
                line.text("unit"),
                new Point("", line.number("score"), line.number("error"), note));
    }

    private static List<Series> hash(ResultLine line) {
        long lanes = Math.round(line.number("lanes"));
        var name =
                line.is("openssl")
                        ? "openssl speed, one stream"
                        : (lanes == 1 ? "one message" : lanes + " messages")
                                + " from "
                                + line.text("source");
        var ratio =
                line.has("opensslRatio")
                        ? "%.2f x openssl".formatted(line.number("opensslRatio"))
                        : "";
        return single(
                line.text("algorithm") + ", GB/s on one core",
                name,
                "GB/s",
                new Point("", line.number("bytesPerSecond") / 1e9, 0, ratio));
    }

    /// Every number of a summary is a series of its own.
    private static List<Series> summary(ResultLine line) {
        List<Series> all = new ArrayList<>();
        for (var field : line.fields().entrySet()) {
            if (field.getValue() instanceof Double value) {
                all.addAll(
                        single(
                                "Summary: " + field.getKey(),
                                field.getKey(),
                                "",
                                new Point("", value, 0, "")));
            }
        }
        return all;
    }

    private static List<Series> single(String group, String name, String unit, Point point) {
        return List.of(new Series(group, name, unit, List.of(point)));
    }
}
