package dev.starling.crawler.catalogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts torrents by their properties.
public final class FacetCount {

    private static final Comparator<Facet.Value> FREQUENT_FIRST =
            Comparator.comparingLong(Facet.Value::count)
                    .reversed()
                    .thenComparing(Facet.Value::value);

    private FacetCount() {}

    /// All facets of these torrents.
    static List<Facet> of(List<Found> torrents) {
        List<Facet> facets = new ArrayList<>();
        for (Facet.Property property : Facet.Property.values()) {
            Map<String, Long> counts = new LinkedHashMap<>();
            for (Found found : torrents) {
                values(property, found).forEach(value -> counts.merge(value, 1L, Long::sum));
            }
            facets.add(facet(property, counts, true));
        }
        return facets;
    }

    /// What a torrent is counted as.
    public static List<String> values(Facet.Property property, Found found) {
        var kind = found.classification();
        return switch (property) {
            case TYPE -> List.of(kind.type().word());
            case RESOLUTION -> kind.resolution().stream().toList();
            case LANGUAGE -> kind.languages();
            case YEAR -> kind.year().stream().map(String::valueOf).toList();
            case EXTENSION -> List.copyOf(Extensions.of(found.entry().contents()));
        };
    }

    /// The most frequent values of these counts.
    public static Facet facet(Facet.Property property, Map<String, Long> counts, boolean isExact) {
        var values =
                counts.entrySet().stream()
                        .map(it -> new Facet.Value(it.getKey(), it.getValue()))
                        .sorted(FREQUENT_FIRST)
                        .limit(Facet.MAX_VALUES)
                        .toList();
        return new Facet(property, values, isExact);
    }
}
