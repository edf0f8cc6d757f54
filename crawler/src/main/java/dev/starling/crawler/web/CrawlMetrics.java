package dev.starling.crawler.web;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.CatalogueStats;
import dev.starling.crawler.web.http.Access;
import dev.starling.crawler.web.http.Route;
import dev.starling.crawler.web.http.WebAnswer;
import dev.starling.crawler.web.http.WebRequest;
import dev.starling.crawler.web.live.CrawlFigures;
import dev.starling.crawler.web.live.Pulse;
import dev.starling.crawler.web.live.Trend;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// `/metrics`: what crawl, catalogue and server count, for Prometheus. `docs/crawler-web.md` lists
/// them. Thread-safe.
final class CrawlMetrics implements AutoCloseable {

    private final Pulse pulse;
    private final Catalogue catalogue;
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /// Of the scrape at hand.
    private volatile CatalogueStats stats = new CatalogueStats(0, 0, 0, 0, 0);

    CrawlMetrics(Pulse pulse, Catalogue catalogue) {
        this.pulse = pulse;
        this.catalogue = catalogue;
        counts();
        queues();
        network();
        catalogue();
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    List<Route> routes() {
        return List.of(Route.get("/metrics", Access.READ, this::answer));
    }

    private WebAnswer answer(WebRequest request) throws IOException {
        return WebAnswer.of("text/plain; version=0.0.4; charset=utf-8", scrape());
    }

    /// The text a scrape gets.
    synchronized String scrape() throws IOException {
        stats = catalogue.stats();
        return registry.scrape();
    }

    /// An answer was sent.
    void answered(Route route, int status) {
        Counter.builder("starling.web.answers")
                .tags("route", route.path(), "status", String.valueOf(status))
                .register(registry)
                .increment();
    }

    private void counts() {
        count("nodes", CrawlFigures.Counts::nodes);
        count("infohashes", CrawlFigures.Counts::infoHashes);
        count("metadata", CrawlFigures.Counts::metadata);
        count("queries", CrawlFigures.Counts::queries);
        count("replies", CrawlFigures.Counts::replies);
        count("swarms.counted", CrawlFigures.Counts::swarmsCounted);
        count("queries.refused", CrawlFigures.Counts::refused);
    }

    private void count(String name, ToLongFunction<CrawlFigures.Counts> count) {
        FunctionCounter.builder(
                        "starling.crawl." + name,
                        this,
                        it -> count.applyAsLong(it.figures().counts()))
                .register(registry);
    }

    private void queues() {
        queue("queries", "in_flight", it -> it.queues().queriesInFlight());
        queue("queries", "waiting", it -> it.queues().queriesWaiting());
        queue("metadata", "in_flight", it -> it.queues().metadataInFlight());
        queue("metadata", "waiting", it -> it.queues().metadataWaiting());
    }

    private void queue(String what, String state, ToDoubleFunction<CrawlFigures> depth) {
        gauge("starling.crawl.queue", Tags.of("what", what, "state", state), depth);
    }

    private void network() {
        gauge("starling.crawl.coverage", Tags.empty(), CrawlFigures::coverage);
        gauge("starling.crawl.sweeps", Tags.empty(), it -> it.sweep().number());
        gauge("starling.crawl.zones", Tags.of("state", "all"), it -> it.sweep().zones());
        gauge("starling.crawl.zones", Tags.of("state", "swept"), it -> it.sweep().zonesSwept());
        String size = "starling.crawl.network.nodes";
        gauge(size, Tags.of("bound", "estimate"), it -> it.size().nodes());
        gauge(size, Tags.of("bound", "low"), it -> it.size().low());
        gauge(size, Tags.of("bound", "high"), it -> it.size().high());
    }

    private void gauge(String name, Tags tags, ToDoubleFunction<CrawlFigures> value) {
        Gauge.builder(name, this, it -> value.applyAsDouble(it.figures()))
                .tags(tags)
                .register(registry);
    }

    private void catalogue() {
        torrents("visible", CatalogueStats::torrents);
        torrents("hidden", CatalogueStats::hidden);
        torrents("refused", CatalogueStats::refused);
        FunctionCounter.builder("starling.catalogue.evicted", this, it -> it.stats.evicted())
                .register(registry);
        Gauge.builder("starling.catalogue.disk.bytes", this, it -> it.stats.diskBytes())
                .register(registry);
    }

    private void torrents(String state, ToLongFunction<CatalogueStats> count) {
        Gauge.builder("starling.catalogue.torrents", this, it -> count.applyAsLong(it.stats))
                .tag("state", state)
                .register(registry);
    }

    private CrawlFigures figures() {
        return pulse.latest().map(Trend.Sample::figures).orElse(CrawlFigures.NOTHING);
    }

    @Override
    public void close() {
        registry.close();
    }
}
