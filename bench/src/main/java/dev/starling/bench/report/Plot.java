package dev.starling.bench.report;

import java.util.List;
import java.util.Locale;

/// A group's latest results as bars, each with its past as a line beside it: SVG, drawn without a
/// script.
final class Plot {

    private static final int ROW = 26;
    private static final int LABEL = 380;
    private static final int BARS = 260;
    private static final int VALUE = 230;
    private static final int TREND = 120;

    private Plot() {}

    static String of(List<Series> group) {
        double most =
                group.stream()
                        .mapToDouble(one -> one.latest().value() + one.latest().error())
                        .max()
                        .orElse(1);
        var svg = new StringBuilder();
        svg.append(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\">%n"
                        .formatted(LABEL + BARS + VALUE + TREND, group.size() * ROW));
        for (int i = 0; i < group.size(); i++) {
            row(svg, group.get(i), i * ROW, most == 0 ? 1 : most);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void row(StringBuilder svg, Series one, int top, double most) {
        var point = one.latest();
        double length = point.value() / most * BARS;
        int middle = top + ROW / 2;
        text(svg, LABEL - 8, middle, "label", one.name());
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
                        LABEL,
                        top + 5,
                        length,
                        ROW - 10));
        if (point.error() > 0) {
            double error = point.error() / most * BARS;
            double from = LABEL + Math.max(0, length - error);
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<path class=\"error\" d=\"M%.1f %d H%.1f\"/>%n",
                            from,
                            middle,
                            LABEL + length + error));
        }
        text(svg, LABEL + BARS + 8, middle, "value", value(point));
        if (one.points().size() > 1) {
            trend(svg, one.points(), LABEL + BARS + VALUE, top);
        }
    }

    private static String value(Series.Point point) {
        var error = point.error() > 0 ? " ± " + number(point.error()) : "";
        var note = point.note().isEmpty() ? "" : "  (" + point.note() + ")";
        return number(point.value()) + error + note;
    }

    /// Three digits that count.
    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    private static void trend(StringBuilder svg, List<Series.Point> points, int left, int top) {
        double most = points.stream().mapToDouble(Series.Point::value).max().orElse(1);
        var path = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            double x = left + 5 + (TREND - 10.0) * i / (points.size() - 1);
            double y = top + ROW - 5 - points.get(i).value() / most * (ROW - 10);
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : " L", x, y));
        }
        svg.append("<path class=\"trend\" d=\"").append(path).append("\"><title>");
        for (var point : points) {
            svg.append(Html.escape(point.run() + ": " + number(point.value()) + "\n"));
        }
        svg.append("</title></path>\n");
    }

    private static void text(StringBuilder svg, int x, int y, String kind, String text) {
        svg.append("<text class=\"%s\" x=\"%d\" y=\"%d\">".formatted(kind, x, y));
        svg.append(Html.escape(text)).append("</text>\n");
    }
}
