package dev.starling.crawler.catalogue;

import dev.starling.crawler.catalogue.MemoryCatalogue.Row;
import java.util.Comparator;
import java.util.List;

/// The orders in which a [MemoryCatalogue] gives its matches.
final class MemoryRanking {

    /// A match in the name counts for as many in the files.
    private static final double NAME_WEIGHT = 3;

    private MemoryRanking() {}

    static Comparator<Row> of(CatalogueQuery query) {
        Comparator<Row> order =
                switch (query.order()) {
                    case RELEVANCE ->
                            Comparator.comparingDouble((Row row) -> score(query, row)).reversed();
                    case SEEDS -> Comparator.comparingInt((Row row) -> -row.found().seeds());
                    case NEWEST -> Comparator.comparingLong(row -> -firstSeen(row));
                    case OLDEST -> Comparator.comparingLong(MemoryRanking::firstSeen);
                    case LARGEST -> Comparator.comparingLong(row -> -lengthBytes(row));
                    case SMALLEST -> Comparator.comparingLong(MemoryRanking::lengthBytes);
                };
        return order.thenComparing(row -> row.found().entry().infoHash());
    }

    private static long firstSeen(Row row) {
        return row.found().entry().sightings().first().getEpochSecond();
    }

    private static long lengthBytes(Row row) {
        return row.found().entry().contents().lengthBytes();
    }

    /// Matches, those in a short name more, raised by the number of seeds.
    static double score(CatalogueQuery query, Row row) {
        var name = new TorrentText(row.text().name(), List.of());
        double text = 1;
        for (Term term : query.terms()) {
            text += name.matches(term) ? NAME_WEIGHT / (1 + 0.1 * name.name().size()) : 0;
        }
        return text * (1 + Math.log1p(row.found().seeds()));
    }
}
