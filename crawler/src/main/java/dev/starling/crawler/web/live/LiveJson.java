package dev.starling.crawler.web.live;

import dev.starling.node.Event;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// A crawl's figures as JSON.
final class LiveJson {

    private LiveJson() {}

    static Event sample(Trend.Sample sample) {
        var figures = sample.figures();
        return Event.part()
                .number("millis", sample.millis())
                .nested("counts", counts(figures.counts()))
                .nested("queues", queues(figures.queues()))
                .nested("sweep", sweep(figures.sweep()))
                .nested("size", size(figures.size()))
                .fraction("coverage", figures.coverage())
                .flag("isPaused", figures.isPaused());
    }

    private static Event counts(CrawlFigures.Counts counts) {
        return Event.part()
                .number("nodes", counts.nodes())
                .number("infoHashes", counts.infoHashes())
                .number("metadata", counts.metadata())
                .number("queries", counts.queries())
                .number("replies", counts.replies())
                .number("swarmsCounted", counts.swarmsCounted())
                .number("refused", counts.refused());
    }

    private static Event queues(CrawlFigures.Queues queues) {
        return Event.part()
                .number("queriesInFlight", queues.queriesInFlight())
                .number("queriesWaiting", queues.queriesWaiting())
                .number("metadataInFlight", queues.metadataInFlight())
                .number("metadataWaiting", queues.metadataWaiting());
    }

    private static Event sweep(CrawlFigures.Sweep sweep) {
        return Event.part()
                .number("number", sweep.number())
                .number("zones", sweep.zones())
                .number("zonesSwept", sweep.zonesSwept());
    }

    private static Event size(CrawlFigures.Size size) {
        return Event.part()
                .number("nodes", Math.round(size.nodes()))
                .number("low", Math.round(size.low()))
                .number("high", Math.round(size.high()));
    }

    static Event keyspace(Keyspace keyspace) {
        return Event.part()
                .numbers("nodes", numbers(keyspace, Keyspace.Cell::nodes))
                .numbers("infoHashes", numbers(keyspace, Keyspace.Cell::infoHashes))
                .numbers("sweptPercent", percents(keyspace, Keyspace.Cell::swept));
    }

    private static List<Long> numbers(Keyspace keyspace, ToLongFunction<Keyspace.Cell> of) {
        return keyspace.cells().stream().map(of::applyAsLong).toList();
    }

    private static List<Long> percents(Keyspace keyspace, ToDoubleFunction<Keyspace.Cell> of) {
        return keyspace.cells().stream()
                .map(cell -> Math.round(of.applyAsDouble(cell) * 100))
                .toList();
    }
}
