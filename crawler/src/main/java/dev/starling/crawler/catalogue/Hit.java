package dev.starling.crawler.catalogue;

import dev.starling.id.Id;
import java.util.List;

/// One result of a search.
///
/// @param score what the ranking gave it; comparable within one search only
/// @param copies other matches with the same files, best first, at most [#MAX_COPIES]
public record Hit(Found found, double score, List<Id> copies) {

    /// More copies than a person would look through.
    public static final int MAX_COPIES = 10;

    public Hit {
        copies = List.copyOf(copies);
    }

    public CatalogueEntry entry() {
        return found.entry();
    }
}
