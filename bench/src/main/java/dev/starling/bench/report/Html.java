package dev.starling.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The page: one file that needs nothing else.
final class Html {

    private static final String STYLE =
            """
            :root { color-scheme: light dark; --ink: #1d2430; --faint: #68707d; --paper: #fff;
                    --bar: #3b7dd8; --mark: #c2410c; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6e8ec; --faint: #9aa3b0;
                    --paper: #14171c; --bar: #5b9bf0; --mark: #fb923c; } }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink);
                   background: var(--paper); max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .3rem; }
            p, td, th { color: var(--faint); } table { border-collapse: collapse; }
            td, th { text-align: left; padding: .1rem 1rem .1rem 0; font-weight: normal; }
            svg { width: 100%; height: auto; } svg text { font-size: 12.5px; fill: var(--ink);
                  dominant-baseline: central; } svg .label { text-anchor: end; }
            svg .value { fill: var(--faint); } .bar { fill: var(--bar); }
            .error { stroke: var(--mark); stroke-width: 2; } .trend { fill: none;
                  stroke: var(--mark); stroke-width: 1.5; }
            """;

    private Html() {}

    static String page(List<ResultFile> runs) {
        var html = new StringBuilder();
        html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width\">\n");
        html.append("<title>Starling: benchmarks</title>\n<style>\n").append(STYLE);
        html.append("</style></head><body>\n<h1>Starling: benchmarks</h1>\n");
        html.append("<p>Bars are the latest run of each; the thin line is its spread (99.9 %).");
        html.append(" The curve beside a bar is its past, from old to new.</p>\n");
        runs(html, runs);
        SequencedMap<String, List<Series>> groups =
                Series.of(runs).stream()
                        .collect(
                                Collectors.groupingBy(
                                        Series::group, LinkedHashMap::new, Collectors.toList()));
        groups.forEach((name, group) ->
                html.append("<h2>").append(escape(name)).append("</h2>\n").append(Plot.of(group)));
        return html.append("</body></html>\n").toString();
    }

    private static void runs(StringBuilder html, List<ResultFile> runs) {
        html.append("<table>\n");
        for (var run : runs) {
            html.append("<tr><th>").append(escape(run.name())).append("</th>");
            run.of("machine").stream()
                    .findFirst()
                    .ifPresent(machine ->
                            machine.fields().entrySet().stream()
                                    .filter(field -> !field.getKey().equals("event"))
                                    .forEach(
                                            field -> cell(html, field.getKey(), field.getValue())));
            html.append("</tr>\n");
        }
        html.append("</table>\n");
    }

    private static void cell(StringBuilder html, String name, Object value) {
        var text =
                value instanceof Double number ? name + " " + Math.round(number) : value.toString();
        html.append("<td>").append(escape(text)).append("</td>");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
