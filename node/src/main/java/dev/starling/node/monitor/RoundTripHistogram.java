package dev.starling.node.monitor;

import dev.starling.dht.DhtStats;
import dev.starling.dht.RoundTrips;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The node's own histogram of round trips in Prometheus's form: the node sorts them into its
/// buckets itself, so no meter of the registry could take them.
final class RoundTripHistogram implements Collector {

    private final Supplier<? extends @Nullable DhtStats> latest;

    RoundTripHistogram(Supplier<? extends @Nullable DhtStats> latest) {
        this.latest = latest;
    }

    @Override
    public MetricSnapshot collect() {
        var histogram =
                HistogramSnapshot.builder()
                        .name("starling_dht_round_trip_seconds")
                        .unit(Unit.SECONDS);
        var stats = latest.get();
        if (stats != null) {
            histogram.dataPoint(point(stats.asked().roundTrips()));
        }
        return histogram.build();
    }

    private static HistogramSnapshot.HistogramDataPointSnapshot point(RoundTrips trips) {
        List<Long> counts = trips.counts();
        double[] bounds = new double[counts.size()];
        for (int i = 0; i < counts.size() - 1; i++) {
            bounds[i] = RoundTrips.BOUNDS_MILLIS.get(i) / 1_000.0;
        }
        bounds[counts.size() - 1] = Double.POSITIVE_INFINITY;
        var buckets =
                ClassicHistogramBuckets.of(
                        bounds, counts.stream().mapToLong(Long::longValue).toArray());
        return HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets)
                .sum(trips.sumNanos() / 1e9)
                .build();
    }
}
