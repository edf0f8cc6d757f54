package dev.starling.node;

import dev.starling.lookup.LookupTrace;
import java.util.List;
import java.util.Locale;

/// One lookup's way through the keyspace: every query from when it was asked to when it was
/// answered, against how many bits the contact shares with the target.
final class LookupDrawing {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 460;
    private static final int MARGIN = 56;
    private static final int TICKS = 6;

    /// Columns of the time axis in text.
    private static final int COLUMNS = 48;

    /// Drawn beyond the last answer, so that those never answered are seen to wait.
    private static final double SLACK = 1.1;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LookupTrace trace;
    private final double endMillis;
    private final int fewestBits;
    private final int mostBits;

    LookupDrawing(LookupTrace trace) {
        this.trace = trace;
        long last = NANOS_PER_MILLI;
        int fewest = Integer.MAX_VALUE;
        int most = 1;
        for (var step : trace.steps()) {
            last = Math.max(last, Math.max(step.askedNanos(), step.answeredNanos()));
            fewest = Math.min(fewest, step.sharedBits());
            most = Math.max(most, step.sharedBits());
        }
        endMillis = SLACK * last / NANOS_PER_MILLI;
        fewestBits = Math.clamp(fewest, 0, most - 1);
        mostBits = most;
    }

    /// A line for each query, in the order asked: `-` while it waits, `o` where it is answered, `P`
    /// where the answer has peers.
    List<String> text() {
        return trace.steps().stream().map(this::line).toList();
    }

    String svg() {
        var svg = new StringBuilder();
        svg.append(
                ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n")
                        .formatted(WIDTH, HEIGHT));
        axes(svg);
        for (var step : trace.steps()) {
            query(svg, step);
        }
        legend(svg);
        return svg.append("</svg>\n").toString();
    }

    String html() {
        return """
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><title>Lookup of %s</title>
        <body style="max-width: 62em; margin: 2em auto; font-family: sans-serif">
        <h1 style="font-size: 1.2em">Lookup of %s</h1>
        %s
        <pre>%s</pre>
        </body></html>
        """
                .formatted(trace.target(), trace.target(), svg(), String.join("\n", text()));
    }

    private String line(LookupTrace.Step step) {
        boolean isAnswered = step.answeredNanos() >= 0;
        int from = column(step.askedNanos());
        int to = isAnswered ? column(step.answeredNanos()) : COLUMNS - 1;
        String mark = !isAnswered ? "?" : step.values() > 0 ? "P" : "o";
        return String.format(
                Locale.ROOT,
                "%3d |%s%s%s%s| %s",
                step.sharedBits(),
                " ".repeat(from),
                "-".repeat(Math.max(to - from, 0)),
                mark,
                " ".repeat(COLUMNS - 1 - Math.max(to, from)),
                step.contact().endpoint());
    }

    private int column(long nanos) {
        return (int) (nanos / (double) NANOS_PER_MILLI / endMillis * (COLUMNS - 1));
    }

    private void axes(StringBuilder svg) {
        for (int i = 0; i <= TICKS; i++) {
            double millis = endMillis * i / TICKS;
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<path d=\"M%.1f %d V%d\" stroke=\"#e5e5e5\"/>"
                                    + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f ms</text>%n",
                            x(millis),
                            MARGIN,
                            HEIGHT - MARGIN,
                            x(millis),
                            HEIGHT - MARGIN + 20,
                            millis));
        }
        int step = Math.max(1, (mostBits - fewestBits) / TICKS);
        for (int bits = fewestBits; bits <= mostBits; bits += step) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<path d=\"M%d %.1f H%d\" stroke=\"#e5e5e5\"/>"
                                    + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d</text>%n",
                            MARGIN,
                            y(bits),
                            WIDTH - MARGIN,
                            MARGIN - 8,
                            y(bits) + 4,
                            bits));
        }
    }

    private void query(StringBuilder svg, LookupTrace.Step step) {
        boolean isAnswered = step.answeredNanos() >= 0;
        double from = x(step.askedNanos() / (double) NANOS_PER_MILLI);
        double to = isAnswered ? x(step.answeredNanos() / (double) NANOS_PER_MILLI) : x(endMillis);
        double y = y(step.sharedBits());
        String colour = !isAnswered ? "#b91c1c" : step.values() > 0 ? "#15803d" : "#1769aa";
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<path d=\"M%.1f %.1f H%.1f\" stroke=\"%s\" stroke-width=\"1.5\"%s/>"
                                + "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\" fill=\"%s\"/>",
                        from,
                        y,
                        to,
                        colour,
                        isAnswered ? "" : " stroke-dasharray=\"3 4\" opacity=\"0.6\"",
                        from,
                        y,
                        colour));
        if (isAnswered) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"%s\"/>",
                            to,
                            y,
                            step.values() > 0 ? 6 : 4,
                            colour));
        }
        svg.append('\n');
    }

    private static void legend(StringBuilder svg) {
        svg.append(
                String.format(
                        "<text x=\"%d\" y=\"22\">bits shared with the target, by time; a line is a"
                                + " query from when it was asked until it was answered</text>%n"
                                + "<text x=\"%d\" y=\"42\"><tspan fill=\"#1769aa\">answered</tspan> "
                                + "<tspan fill=\"#15803d\">answered with peers</tspan> "
                                + "<tspan fill=\"#b91c1c\">silent</tspan></text>%n",
                        MARGIN, MARGIN));
    }

    private double x(double millis) {
        return MARGIN + (WIDTH - 2 * MARGIN) * Math.min(millis / endMillis, 1);
    }

    /// Contacts with the same number of shared bits lie on one line: closest at the top.
    private double y(int bits) {
        return HEIGHT
                - MARGIN
                - (HEIGHT - 2.0 * MARGIN) * (bits - fewestBits) / (mostBits - fewestBits);
    }
}
