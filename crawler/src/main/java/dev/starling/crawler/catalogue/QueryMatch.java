package dev.starling.crawler.catalogue;

import java.util.List;
import java.util.Optional;

/// Whether one torrent matches a query: what every implementation's index must agree with, and how
/// blocks are held against torrents that are about to be added.
public final class QueryMatch {

    private QueryMatch() {}

    public static boolean matches(List<Term> terms, TorrentText text) {
        return terms.stream().allMatch(text::matches);
    }

    public static boolean matches(Filters filters, Found found) {
        var entry = found.entry();
        var kind = found.classification();
        return isIn(filters.types().isEmpty(), filters.types().contains(kind.type()))
                && isIn(filters.extensions().isEmpty(), hasExtension(filters, entry))
                && filters.lengthBytes().contains(entry.contents().lengthBytes())
                && filters.firstSeen().contains(entry.sightings().first().getEpochSecond())
                && filters.seeds().contains(found.seeds())
                && isIn(filters.year(), kind.year())
                && isIn(filters.season(), kind.season())
                && isIn(filters.episode(), kind.episode())
                && filters.resolution()
                        .map(it -> kind.resolution().equals(Optional.of(it)))
                        .orElse(true)
                && filters.language().map(kind.languages()::contains).orElse(true);
    }

    private static boolean isIn(boolean isAny, boolean isMember) {
        return isAny || isMember;
    }

    private static boolean hasExtension(Filters filters, CatalogueEntry entry) {
        return Extensions.of(entry.contents()).stream().anyMatch(filters.extensions()::contains);
    }

    private static boolean isIn(Range range, Optional<Integer> value) {
        return range.isAny() || value.map(number -> range.contains(number)).orElse(false);
    }
}
