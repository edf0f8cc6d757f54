package dev.starling.bench.lookup;

import java.util.List;
import java.util.Locale;

/// The share of lookups that have found peers by each moment, a line for each racer, as SVG.
final class LookupPlot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int MARGIN = 48;
    private static final int STEPS = 5;

    private static final List<String> COLOURS =
            List.of("#1769aa", "#c2410c", "#15803d", "#7e22ce", "#525252");

    private LookupPlot() {}

    static String svg(List<Racer> racers) {
        double end = 1;
        for (var racer : racers) {
            end = Math.max(end, racer.firstPeers(0.99).orElse(0) * 1.1);
        }
        var svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                        .formatted(WIDTH, HEIGHT));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        axes(svg, end);
        for (int i = 0; i < racers.size(); i++) {
            line(svg, racers.get(i), end, COLOURS.get(i % COLOURS.size()));
            svg.append(
                    "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n"
                            .formatted(
                                    WIDTH - MARGIN - 200,
                                    HEIGHT - MARGIN - 20 - 18 * i,
                                    COLOURS.get(i % COLOURS.size()),
                                    escaped(racers.get(i).name())));
        }
        return svg.append("</svg>\n").toString();
    }

    static String html(List<Racer> racers) {
        var table = new StringBuilder(escaped(Racer.heading())).append('\n');
        racers.forEach(racer -> table.append(escaped(racer.line())).append('\n'));
        return """
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><title>Lookups</title>
        <body style="max-width: 60em; margin: 2em auto; font-family: sans-serif">
        <h1>Lookups</h1>
        %s
        <pre>%s</pre>
        </body></html>
        """
                .formatted(svg(racers), table);
    }

    private static void axes(StringBuilder svg, double end) {
        for (int i = 0; i <= STEPS; i++) {
            double x = x(end * i / STEPS, end);
            double y = y((double) i / STEPS);
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<path d=\"M%.1f %d V%d M%d %.1f H%d\" stroke=\"#ddd\"/>%n"
                                    + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f ms</text>%n"
                                    + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d %%</text>%n",
                            x,
                            MARGIN,
                            HEIGHT - MARGIN,
                            MARGIN,
                            y,
                            WIDTH - MARGIN,
                            x,
                            HEIGHT - MARGIN + 18,
                            end * i / STEPS,
                            MARGIN - 6,
                            y + 4,
                            100 * i / STEPS));
        }
        svg.append(
                "<text x=\"%d\" y=\"24\">lookups that have found peers, by time</text>%n"
                        .formatted(MARGIN));
    }

    private static void line(StringBuilder svg, Racer racer, double end, String colour) {
        double[] times =
                racer.found().stream()
                        .mapToDouble(LookupRow::millisToFirstPeers)
                        .sorted()
                        .toArray();
        svg.append("<path fill=\"none\" stroke-width=\"2\" stroke=\"")
                .append(colour)
                .append("\" d=\"");
        svg.append(String.format(Locale.ROOT, "M%.1f %.1f", x(0, end), y(0)));
        for (int i = 0; i < times.length; i++) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            " H%.1f V%.1f",
                            x(Math.min(times[i], end), end),
                            y((i + 1.0) / racer.rows().size())));
        }
        svg.append("\"/>\n");
    }

    private static double x(double millis, double end) {
        return MARGIN + (WIDTH - 2 * MARGIN) * millis / end;
    }

    private static double y(double share) {
        return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
