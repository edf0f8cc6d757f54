package dev.starling.node.monitor;

import dev.starling.dht.DhtStats;
import dev.starling.dht.Method;
import dev.starling.krpc.KrpcError;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// `/metrics`: what the node counts, for Prometheus. `docs/operations.md` lists them. Thread-safe.
final class Metrics implements AutoCloseable {

    /// Each code a node may send (BEP 5, BEP 44); 0 stands for any other.
    private static final List<Integer> CODES =
            List.of(
                    0,
                    KrpcError.GENERIC,
                    KrpcError.SERVER,
                    KrpcError.PROTOCOL,
                    KrpcError.METHOD_UNKNOWN,
                    205,
                    206,
                    207,
                    301,
                    302);

    private final Snapshots snapshots;
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MultiGauge contacts;
    private final MultiGauge buckets;

    /// What a scrape at hand tells of; the last that was known when the node does not answer.
    private volatile @Nullable DhtStats latest;

    Metrics(Snapshots snapshots) {
        this.snapshots = snapshots;
        contacts = MultiGauge.builder("starling.dht.contacts").register(registry);
        buckets = MultiGauge.builder("starling.dht.bucket.contacts").register(registry);
        countServed();
        countAsked();
        gauges();
        registry.getPrometheusRegistry().register(new RoundTripHistogram(() -> latest));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    /// The text a scrape gets.
    synchronized String scrape() {
        snapshots.now().stats().ifPresent(this::take);
        return registry.scrape();
    }

    private void take(DhtStats stats) {
        latest = stats;
        var families = new ArrayList<Row<?>>();
        var fill = new ArrayList<Row<?>>();
        for (var table : stats.tables()) {
            var family = Tags.of("family", table.v4() ? "ipv4" : "ipv6");
            families.add(Row.of(family.and("state", "good"), table.good()));
            families.add(
                    Row.of(family.and("state", "questionable"), table.contacts() - table.good()));
            for (var bucket : table.buckets()) {
                var tags = family.and("bucket", String.valueOf(bucket.depth()));
                fill.add(Row.of(tags, bucket.contacts()));
            }
        }
        contacts.register(families, true);
        buckets.register(fill, true);
    }

    private void countServed() {
        for (var method : Method.values()) {
            var tags = Tags.of("method", method.word());
            count("starling.dht.queries.received", tags, stats -> of(stats, method).received());
            count("starling.dht.queries.answered", tags, stats -> of(stats, method).answered());
        }
        for (int code : CODES) {
            var tags = Tags.of("code", String.valueOf(code));
            count("starling.dht.errors.sent", tags, stats -> errors(stats, code));
        }
        var none = Tags.empty();
        spared("limited", DhtStats.Spared::limited);
        spared("shortened", DhtStats.Spared::shortened);
        spared("withheld", DhtStats.Spared::withheld);
        spared("malformed", DhtStats.Spared::malformed);
        spared("shed", DhtStats.Spared::shed);
        count("starling.dht.received.bytes", none, stats -> stats.served().bytesReceived());
        count("starling.dht.sent.bytes", none, stats -> stats.served().bytesSent());
    }

    private void spared(String how, ToLongFunction<DhtStats.Spared> count) {
        count(
                "starling.dht.spared",
                Tags.of("how", how),
                stats -> count.applyAsLong(stats.served().spared()));
    }

    private void countAsked() {
        for (var method : Method.values()) {
            var tags = Tags.of("method", method.word());
            count("starling.dht.queries.sent", tags, stats -> sent(stats, method));
        }
        outcome("answered", stats -> stats.asked().answered());
        outcome("refused", stats -> stats.asked().refused());
        outcome("timed_out", stats -> stats.asked().timedOut());
        outcome("unsolicited", stats -> stats.asked().unsolicited());
    }

    private void outcome(String outcome, ToLongFunction<DhtStats> count) {
        count("starling.dht.replies", Tags.of("outcome", outcome), count);
    }

    private void gauges() {
        gauge("starling.dht.stored.peers", stats -> stats.stored().peers());
        gauge("starling.dht.stored.infohashes", stats -> stats.stored().infoHashes());
        gauge("starling.dht.stored.items", stats -> stats.stored().items());
        gauge("starling.dht.stored.peers.limit", stats -> stats.bounds().maxPeers());
        gauge("starling.dht.ring.contacts", stats -> stats.ring().contacts());
        gauge("starling.dht.ring.contacts.limit", stats -> stats.ring().capacity());
        gauge("starling.dht.ring.checked", stats -> stats.ring().checked());
        gauge("starling.dht.ring.alive", stats -> stats.ring().alive());
        count("starling.dht.contacts.told", Tags.empty(), stats -> stats.ring().told());
        Gauge.builder("starling.healthy", snapshots, it -> it.now().health().isGood() ? 1 : 0)
                .register(registry);
        Gauge.builder("starling.info", () -> 1)
                .tag("version", snapshots.node().version())
                .register(registry);
    }

    private void count(String name, Tags tags, ToLongFunction<DhtStats> count) {
        FunctionCounter.builder(name, this, it -> it.read(count)).tags(tags).register(registry);
    }

    private void gauge(String name, ToLongFunction<DhtStats> value) {
        Gauge.builder(name, this, it -> it.read(value)).register(registry);
    }

    private long read(ToLongFunction<DhtStats> count) {
        var stats = latest;
        return stats == null ? 0 : count.applyAsLong(stats);
    }

    private static DhtStats.Count of(DhtStats stats, Method method) {
        return stats.served().methods().stream()
                .filter(count -> count.method() == method)
                .findFirst()
                .orElse(new DhtStats.Count(method, 0, 0));
    }

    private static long sent(DhtStats stats, Method method) {
        return stats.asked().sent().stream()
                .filter(sent -> sent.method() == method)
                .mapToLong(DhtStats.Sent::count)
                .sum();
    }

    private static long errors(DhtStats stats, int code) {
        return stats.served().errors().stream()
                .filter(error -> error.code() == code)
                .mapToLong(DhtStats.ErrorCount::count)
                .sum();
    }

    @Override
    public void close() {
        registry.close();
    }
}
