package dev.starling.crawler;

import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.walk.CrawlStats;
import dev.starling.crawler.walk.SizeEstimate;
import dev.starling.node.Event;
import dev.starling.node.Output;
import dev.starling.node.Units;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Tells how a crawl gets on: a picture drawn over itself on a terminal, a line a second elsewhere.
/// Thread-safe.
final class CrawlReport {

    /// Newest finds shown.
    private static final int FINDS = 6;

    private static final int NAME_CHARACTERS = 70;

    private final Output output;
    private final AtomicLong catalogued = new AtomicLong();
    private final ArrayDeque<CatalogueEntry> finds = new ArrayDeque<>();
    private boolean hasHeardNobody = true;
    private long lastQueries;
    private long lastCatalogued;
    private double lastSeconds;
    private int drawnLines;

    CrawlReport(Output output) {
        this.output = output;
    }

    long catalogued() {
        return catalogued.get();
    }

    /// Whether no node has answered yet.
    synchronized boolean hasHeardNobody() {
        return hasHeardNobody;
    }

    synchronized void found(List<CatalogueEntry> entries) {
        catalogued.addAndGet(entries.size());
        for (var entry : entries) {
            finds.addFirst(entry);
            if (finds.size() > FINDS) {
                finds.removeLast();
            }
        }
    }

    /// Rates are since the last call.
    synchronized void progress(CrawlService.Stats stats, double seconds) {
        double since = Math.max(seconds - lastSeconds, 1e-3);
        double queries = (stats.walk().queries() - lastQueries) / since;
        double metadata = (catalogued.get() - lastCatalogued) / since;
        lastSeconds = seconds;
        hasHeardNobody = stats.walk().replies() == 0;
        lastQueries = stats.walk().queries();
        lastCatalogued = catalogued.get();
        output.event(
                event("progress", stats, seconds)
                        .number("queriesPerSecond", Math.round(queries))
                        .number("metadataPerSecond", Math.round(metadata))
                        .number("zonesSwept", stats.walk().zonesSwept())
                        .number("zones", stats.walk().zones())
                        .number("queriesInFlight", stats.walk().inFlight())
                        .number("queriesWaiting", stats.walk().waiting())
                        .number("connections", stats.fetch().underWay())
                        .number("fetchesWaiting", stats.fetch().waiting())
                        .number("notesWaiting", stats.notes())
                        .flag("isPaused", stats.isPaused()));
        if (output.isLive()) {
            draw(stats, queries, metadata);
        } else if (!output.isJson()) {
            output.progress(line(stats, queries, metadata));
        }
    }

    synchronized void summary(CrawlService.Stats stats, double seconds) {
        output.event(
                event("summary", stats, seconds)
                        .number("sweeps", stats.walk().sweeps())
                        .number("queries", stats.walk().queries())
                        .number("replies", stats.walk().replies())
                        .number("nodesSampled", stats.walk().nodesSampled())
                        .number("swarmsCounted", stats.walk().swarmsCounted())
                        .number("connectionsMade", stats.fetch().attempts())
                        .number("unusable", stats.fetch().unusable())
                        .number("failed", stats.fetch().failed())
                        .number("liars", stats.fetch().liars()));
        var size = stats.walk().size();
        output.result(
                "%s visited, %d infohashes found, %s catalogued; %s"
                        .formatted(
                                Units.count(stats.walk().nodesVisited(), "node"),
                                stats.walk().infoHashes(),
                                Units.count(catalogued.get(), "torrent"),
                                size(size)));
    }

    private Event event(String name, CrawlService.Stats stats, double seconds) {
        var size = stats.walk().size();
        return Event.of(name)
                .number("nodesVisited", stats.walk().nodesVisited())
                .number("infoHashes", stats.walk().infoHashes())
                .number("metadata", catalogued.get())
                .number("sizeEstimate", Math.round(size.nodes()))
                .number("sizeLow", Math.round(size.low()))
                .number("sizeHigh", Math.round(size.high()))
                .fraction("coverage", stats.walk().coverage())
                .fraction("seconds", seconds);
    }

    private static String size(SizeEstimate size) {
        return size.nodes() == 0
                ? "the size of the network is not known yet"
                : String.format(
                        Locale.ROOT,
                        "the network has about %,d nodes (%,d to %,d)",
                        Math.round(size.nodes()),
                        Math.round(size.low()),
                        Math.round(size.high()));
    }

    /// What follows their number: `visited, 10.5 % of about 6,667 (6,600 to 6,700)`, with a dash
    /// for what is not known yet.
    private static String visited(CrawlStats walk) {
        if (walk.size().nodes() == 0) {
            return "visited, – of the network";
        }
        return String.format(
                Locale.ROOT,
                "visited, %s %% of about %,d (%,d to %,d)",
                percent(walk.coverage()),
                Math.round(walk.size().nodes()),
                Math.round(walk.size().low()),
                Math.round(walk.size().high()));
    }

    private static String percent(double share) {
        double percent = Math.round(share * 1_000) / 10.0;
        return percent == 100 ? "100" : String.format(Locale.ROOT, "%.1f", percent);
    }

    private String line(CrawlService.Stats stats, double queries, double metadata) {
        return String.format(
                Locale.ROOT,
                "%,d %s, %d infohashes, %d torrents; %.0f queries/s, %.0f torrents/s%s",
                stats.walk().nodesVisited(),
                visited(stats.walk()),
                stats.walk().infoHashes(),
                catalogued.get(),
                queries,
                metadata,
                stats.isPaused() ? "; paused" : "");
    }

    private void draw(CrawlService.Stats stats, double queries, double metadata) {
        var walk = stats.walk();
        var fetch = stats.fetch();
        var lines = new ArrayList<String>();
        lines.add(
                String.format(
                        Locale.ROOT, "nodes     %,12d %s", walk.nodesVisited(), visited(walk)));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "queries   %,10.0f/s   %,d in flight, %,d waiting; zone %,d of %,d",
                        queries,
                        walk.inFlight(),
                        walk.waiting(),
                        walk.zonesSwept(),
                        walk.zones()));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "hashes    %,12d   %,d swarms counted",
                        walk.infoHashes(),
                        walk.swarmsCounted()));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "torrents  %,12d   %,.0f/s; %,d connections, %,d waiting, %,d failed",
                        catalogued.get(),
                        metadata,
                        fetch.underWay(),
                        fetch.waiting(),
                        fetch.failed()));
        if (stats.isPaused()) {
            lines.add("paused    starling crawl resume goes on");
        }
        for (var find : finds) {
            String name = Output.harmless(find.name());
            String shown =
                    name.length() <= NAME_CHARACTERS ? name : name.substring(0, NAME_CHARACTERS);
            lines.add(output.faint("  + " + shown));
        }
        var text = new StringBuilder();
        if (drawnLines > 0) {
            text.append("\u001b[").append(drawnLines).append('A');
        }
        lines.forEach(line -> text.append("\r\u001b[K").append(line).append('\n'));
        drawnLines = lines.size();
        output.progressWriter().print(text);
        output.progressWriter().flush();
    }
}
