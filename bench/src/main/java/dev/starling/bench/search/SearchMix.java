package dev.starling.bench.search;

import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.CatalogueQuery;
import dev.starling.crawler.catalogue.ContentType;
import dev.starling.crawler.catalogue.Filters;
import dev.starling.crawler.catalogue.Order;
import dev.starling.crawler.catalogue.Range;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// The kinds of searches that are timed.
enum SearchMix {
    /// One word, as often as it occurs in names.
    WORD,
    /// Two words of one torrent's name.
    TWO_WORDS,
    /// Two words side by side.
    PHRASE,
    /// The beginning of a word, 1 to 6 letters: a person who types.
    PREFIX,
    /// A word, by type, size and seeds, newest first.
    FILTERED,
    /// No word: the best seeded of a type.
    BROWSE,
    /// A word, with all facets, as the web page asks.
    FACETS;

    /// The most letters of a [#PREFIX].
    private static final int MAX_TYPED = 6;

    CatalogueQuery query(
            SyntheticTorrents words, List<CatalogueEntry> known, SplittableRandom random) {
        var entry = known.get(random.nextInt(known.size()));
        String[] name = entry.name().split("\\.", -1);
        var narrow =
                Filters.NONE
                        .withTypes(Set.of(ContentType.VIDEO))
                        .withLengthBytes(Range.atLeast(1_000_000))
                        .withSeeds(Range.atLeast(1));
        return switch (this) {
            case WORD -> CatalogueQuery.of(words.word());
            case TWO_WORDS -> CatalogueQuery.of(name[0] + " " + name[1]);
            case PHRASE -> CatalogueQuery.of("\"" + name[0] + " " + name[1] + "\"");
            case PREFIX -> {
                int typed = Math.min(name[0].length(), random.nextInt(1, MAX_TYPED + 1));
                yield CatalogueQuery.of(name[0].substring(0, typed) + "*");
            }
            case FILTERED -> CatalogueQuery.of(words.word()).with(narrow).with(Order.NEWEST);
            case BROWSE ->
                    CatalogueQuery.of("").with(Filters.NONE.withTypes(Set.of(ContentType.AUDIO)));
            case FACETS -> CatalogueQuery.of(words.word()).withFacets();
        };
    }
}
