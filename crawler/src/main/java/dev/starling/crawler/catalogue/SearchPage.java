package dev.starling.crawler.catalogue;

import java.util.List;

/// One page of a search's results. Torrents with the same files come as one hit.
///
/// @param total how many torrents match, copies counted
/// @param isTotalExact false where counting stopped early: there are at least `total`
/// @param facets empty unless asked for
public record SearchPage(
        List<Hit> hits, long total, boolean isTotalExact, List<Facet> facets, long tookNanos) {

    public SearchPage {
        hits = List.copyOf(hits);
        facets = List.copyOf(facets);
    }
}
