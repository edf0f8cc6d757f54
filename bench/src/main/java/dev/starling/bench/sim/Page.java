package dev.starling.bench.sim;

import dev.starling.sim.SimFault;
import dev.starling.sim.scenario.Report;
import java.util.Locale;

/// A report as one HTML page that needs nothing from elsewhere.
final class Page {

    private static final String STYLE =
            """
            :root { color-scheme: light dark; --ink: #1b1f24; --faint: #6a737d; --line: #d8dde3;
              --paper: #fff; --s0: #2563eb; --s1: #d9480f; --s2: #2b8a3e; --s3: #862e9c;
              --good: #2b8a3e; --bad: #c92a2a; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --faint: #9aa4af;
              --line: #333a43; --paper: #14171b; --s0: #74a9ff; --s1: #ff922b; --s2: #69db7c;
              --s3: #da77f2; --good: #69db7c; --bad: #ff8787; } }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 1180px;
              padding: 0 1rem; color: var(--ink); background: var(--paper); }
            h1 { margin-bottom: 0; } .what { color: var(--faint); margin-top: .2rem; }
            h2 { font-size: 1rem; margin: 0 0 .3rem; }
            .charts { display: grid; gap: 1.5rem;
              grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); }
            figure { margin: 0; border: 1px solid var(--line); border-radius: 8px; padding: .8rem; }
            table { border-collapse: collapse; } td, th { padding: .15rem 1.2rem .15rem 0;
              text-align: left; border-bottom: 1px solid var(--line); }
            td.n { text-align: right; font-variant-numeric: tabular-nums; }
            .tables { display: flex; flex-wrap: wrap; gap: 2rem; margin: 1.2rem 0 2rem; }
            .good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; }
            code { overflow-wrap: anywhere; }
            svg { width: 100%; height: auto; font: 11px system-ui, sans-serif; }
            svg text { fill: var(--faint); } svg text.mark { fill: var(--ink); }
            svg line.grid { stroke: var(--line); stroke-width: 1; }
            svg line.mark { stroke: var(--faint); stroke-dasharray: 3 3; }
            svg polyline { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
            polyline.s0 { stroke: var(--s0); } rect.s0 { fill: var(--s0); }
            polyline.s1 { stroke: var(--s1); } rect.s1 { fill: var(--s1); }
            polyline.s2 { stroke: var(--s2); } rect.s2 { fill: var(--s2); }
            polyline.s3 { stroke: var(--s3); } rect.s3 { fill: var(--s3); }
            """;

    private final StringBuilder html = new StringBuilder();

    private Page() {}

    static String of(Outcome outcome) {
        return new Page().write(outcome);
    }

    /// Text as it may stand in HTML.
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private String write(Outcome outcome) {
        var scenario = outcome.scenario();
        var title = "Starling simulation: " + scenario.name() + ", seed " + outcome.plan().seed();
        html.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.append("<title>" + escaped(title) + "</title>\n<style>\n" + STYLE + "</style>\n");
        html.append("<h1>" + escaped(title) + "</h1>\n");
        html.append("<p class=\"what\">" + escaped(scenario.description()) + "</p>\n");
        outcome.failure()
                .ifPresent(failure -> {
                    var reason = escaped(String.valueOf(failure.getMessage()));
                    html.append("<p class=\"bad\">" + reason + "</p>\n");
                    html.append("<p>Replay: <code>" + escaped(outcome.replay()) + "</code></p>\n");
                });
        outcome.report().ifPresent(report -> body(outcome, report));
        return html.append("</html>\n").toString();
    }

    private void body(Outcome outcome, Report report) {
        html.append("<div class=\"tables\">\n");
        expectations(report);
        figures(report);
        html.append("<div><h2>The run</h2>\n<table>\n");
        row("commit", Checkout.commit());
        row("nodes", String.valueOf(outcome.plan().nodes()));
        for (var fault : SimFault.values()) {
            if (outcome.plan().faults().of(fault) > 0) {
                row(fault.title(), Summary.value(outcome.plan().faults().of(fault)));
            }
        }
        html.append("</table>\n");
        Summary.costs(outcome, report)
                .forEach(cost -> html.append("<p>" + escaped(cost) + "</p>\n"));
        html.append("</div>\n</div>\n<div class=\"charts\">\n");
        for (var chart : report.charts()) {
            html.append("<figure><h2>" + escaped(chart.title()) + "</h2>");
            html.append(Picture.of(chart) + "</figure>\n");
        }
        html.append("</div>\n");
    }

    private void expectations(Report report) {
        html.append("<div><h2>What it must show</h2>\n<table>\n");
        for (var each : report.expectations()) {
            var mark = each.isMet() ? "<td class=\"good\">ok" : "<td class=\"bad\">missed";
            html.append("<tr>" + mark + "</td><td>" + escaped(each.label()) + "</td>");
            html.append("<td class=\"n\">" + Summary.value(each.value()) + "</td>");
            html.append("<td>" + Summary.bound(each) + "</td></tr>\n");
        }
        html.append("</table></div>\n");
    }

    private void figures(Report report) {
        html.append("<div><h2>Figures</h2>\n<table>\n");
        report.figures().forEach(figure -> row(figure.label(), Summary.value(figure.value())));
        html.append("</table></div>\n");
    }

    private void row(String label, String value) {
        html.append(
                String.format(
                        Locale.ROOT,
                        "<tr><td>%s</td><td class=\"n\">%s</td></tr>%n",
                        escaped(label),
                        escaped(value)));
    }
}
