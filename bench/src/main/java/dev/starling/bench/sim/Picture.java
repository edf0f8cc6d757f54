package dev.starling.bench.sim;

import dev.starling.sim.scenario.Chart;
import dev.starling.sim.scenario.Chart.Line;
import dev.starling.sim.scenario.Chart.Point;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Draws a chart as SVG, with nothing from elsewhere.
public final class Picture {

    /// Colours of a picture that stands alone, on paper of its own.
    private static final String STYLE =
            """
            text { font: 11px system-ui, sans-serif; fill: #6a737d; }
            line.grid { stroke: #d8dde3; } line.mark { stroke: #b6bdc5; stroke-dasharray: 2 3; }
            polyline { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
            polyline.s0 { stroke: #2563eb; } rect.s0 { fill: #2563eb; }
            polyline.s1 { stroke: #d9480f; } rect.s1 { fill: #d9480f; }
            polyline.s2 { stroke: #2b8a3e; } rect.s2 { fill: #2b8a3e; }
            polyline.s3 { stroke: #862e9c; } rect.s3 { fill: #862e9c; }
            """;

    private static final int WIDTH = 560;
    private static final int HEIGHT = 240;
    private static final int LEFT = 56;
    private static final int RIGHT = 26;
    private static final int TOP = 24;
    private static final int BOTTOM = 40;
    private static final int STEPS = 5;

    private final Chart chart;
    private final Scale x;
    private final Scale y;
    private final Formatter svg = new Formatter(Locale.ROOT);

    private Picture(Chart chart) {
        this.chart = chart;
        x = Scale.over(chart.lines(), Point::x, false);
        y = Scale.over(chart.lines(), Point::y, true);
    }

    static String of(Chart chart) {
        return new Picture(chart).draw();
    }

    /// A chart as a file of its own.
    public static String alone(Chart chart) {
        return of(chart)
                .replaceFirst("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ")
                .replaceFirst(
                        ">",
                        ">\n<style>\n"
                                + STYLE
                                + "</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
    }

    private String draw() {
        svg.format(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH, HEIGHT, Page.escaped(chart.title()));
        grid();
        for (var mark : chart.marks()) {
            double at = placeX(mark.x());
            svg.format(
                    "<line class=\"mark\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                    at, at, TOP, HEIGHT - BOTTOM);
            svg.format(
                    "<text class=\"mark\" x=\"%.1f\" y=\"%d\">%s</text>",
                    at + 4, TOP + 8, Page.escaped(mark.label()));
        }
        for (int i = 0; i < chart.lines().size(); i++) {
            switch (chart.kind()) {
                case LINES -> line(chart.lines().get(i), i);
                case BARS -> bars(chart.lines().get(i), i);
            }
        }
        legend();
        return svg.format("</svg>").toString();
    }

    private void grid() {
        for (double value : y.ticks()) {
            double at = placeY(value);
            svg.format(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT, WIDTH - RIGHT, at, at);
            svg.format(
                    "<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%s</text>",
                    LEFT - 6, at + 3.5, number(value));
        }
        for (double value : x.ticks()) {
            svg.format(
                    "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>",
                    placeX(value), HEIGHT - BOTTOM + 14, number(value));
        }
        svg.format(
                "<text class=\"label\" text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>",
                WIDTH - RIGHT, HEIGHT - 8, Page.escaped(chart.xLabel()));
        svg.format(
                "<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>",
                4, 11, Page.escaped(chart.yLabel()));
    }

    private void line(Line line, int number) {
        var points = new StringBuilder();
        for (var point : line.points()) {
            points.append(
                    String.format(Locale.ROOT, "%.1f,%.1f ", placeX(point.x()), placeY(point.y())));
        }
        svg.format(
                "<polyline class=\"s%d\" points=\"%s\"><title>%s</title></polyline>",
                number, points.toString().strip(), Page.escaped(line.name()));
    }

    private void bars(Line line, int number) {
        int count = Math.max(1, line.points().size());
        double width = (double) (WIDTH - LEFT - RIGHT) / count / (1.3 * chart.lines().size());
        for (var point : line.points()) {
            double top = placeY(point.y());
            double left = placeX(point.x()) + width * (number - chart.lines().size() / 2.0);
            svg.format(
                    "<rect class=\"s%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">"
                            + "<title>%s: %s</title></rect>",
                    number,
                    left,
                    top,
                    width,
                    HEIGHT - BOTTOM - top,
                    number(point.x()),
                    number(point.y()));
        }
    }

    private void legend() {
        if (chart.lines().size() < 2) {
            return;
        }
        int at = LEFT;
        for (int i = 0; i < chart.lines().size(); i++) {
            var name = chart.lines().get(i).name();
            svg.format(
                    "<rect class=\"s%d\" x=\"%d\" y=\"%d\" width=\"10\" height=\"10\"/>",
                    i, at, HEIGHT - 16);
            svg.format(
                    "<text class=\"tick\" x=\"%d\" y=\"%d\">%s</text>",
                    at + 14, HEIGHT - 7, Page.escaped(name));
            at += 30 + 6 * name.length();
        }
    }

    private double placeX(double value) {
        boolean isBars = chart.kind() == Chart.Kind.BARS; // half a bar stands out on either side
        double margin = isBars ? 0.5 / Math.max(1, chart.lines().getFirst().points().size()) : 0;
        double share = margin + (1 - 2 * margin) * x.share(value);
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private double placeY(double value) {
        return HEIGHT - BOTTOM - y.share(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double value) {
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        return String.format(Locale.ROOT, "%.3g", value);
    }

    /// One axis, from a round figure to another.
    private record Scale(double from, double to, double step) {

        static Scale over(List<Line> lines, ToDoubleFunction<Point> side, boolean fromZero) {
            double least =
                    lines.stream()
                            .flatMap(line -> line.points().stream())
                            .mapToDouble(side)
                            .min()
                            .orElse(0);
            double most =
                    lines.stream()
                            .flatMap(line -> line.points().stream())
                            .mapToDouble(side)
                            .max()
                            .orElse(1);
            double from = fromZero ? Math.min(0, least) : least;
            double raw = Math.max(most - from, 1e-9) / STEPS;
            double power = Math.pow(10, Math.floor(Math.log10(raw)));
            double step =
                    power
                            * (raw / power <= 1
                                    ? 1
                                    : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10);
            double low = Math.floor(from / step) * step;
            return new Scale(low, Math.max(low + step, Math.ceil(most / step) * step), step);
        }

        double share(double value) {
            return (value - from) / (to - from);
        }

        double[] ticks() {
            int count = (int) Math.round((to - from) / step) + 1;
            double[] ticks = new double[count];
            for (int i = 0; i < count; i++) {
                ticks[i] = Math.round((from + i * step) * 1e6) / 1e6;
            }
            return ticks;
        }
    }
}
