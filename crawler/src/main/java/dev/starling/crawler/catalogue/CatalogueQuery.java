package dev.starling.crawler.catalogue;

import java.util.List;

/// What is searched for, in which order, and which part of the results.
///
/// @param terms all must match, in the torrent's name or in a file's path; none matches everything
/// @param hasFacets whether the matches are to be counted by property
public record CatalogueQuery(
        List<Term> terms, Filters filters, Order order, Window window, boolean hasFacets) {

    /// More words than anybody types; a bound on what one search costs.
    public static final int MAX_TERMS = 32;

    public CatalogueQuery {
        terms = terms.stream().limit(MAX_TERMS).toList();
    }

    /// Parses text as a person types it: see [QueryText].
    public static CatalogueQuery of(String text) {
        return new CatalogueQuery(
                QueryText.parse(text), Filters.NONE, Order.RELEVANCE, Window.FIRST, false);
    }

    public CatalogueQuery with(Filters other) {
        return new CatalogueQuery(terms, other, order, window, hasFacets);
    }

    public CatalogueQuery with(Order other) {
        return new CatalogueQuery(terms, filters, other, window, hasFacets);
    }

    public CatalogueQuery with(Window other) {
        return new CatalogueQuery(terms, filters, order, other, hasFacets);
    }

    public CatalogueQuery withFacets() {
        return new CatalogueQuery(terms, filters, order, window, true);
    }

    /// Which of the hits are wanted.
    ///
    /// @param offset how many to pass over, at most [#MAX_OFFSET]
    /// @param limit how many to give, at most [#MAX_LIMIT]
    public record Window(int offset, int limit) {

        /// Deeper pages cost ever more, and nobody reads them.
        public static final int MAX_OFFSET = 9_000;

        public static final int MAX_LIMIT = 500;
        public static final Window FIRST = new Window(0, 20);

        public Window {
            offset = Math.clamp(offset, 0, MAX_OFFSET);
            limit = Math.clamp(limit, 0, MAX_LIMIT);
        }
    }
}
