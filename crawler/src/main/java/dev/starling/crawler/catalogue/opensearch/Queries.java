package dev.starling.crawler.catalogue.opensearch;

import dev.starling.crawler.catalogue.CatalogueQuery;
import dev.starling.crawler.catalogue.ContentType;
import dev.starling.crawler.catalogue.Facet;
import dev.starling.crawler.catalogue.Filters;
import dev.starling.crawler.catalogue.Hit;
import dev.starling.crawler.catalogue.Order;
import dev.starling.crawler.catalogue.Range;
import dev.starling.crawler.catalogue.Term;
import dev.starling.crawler.catalogue.Words;
import dev.starling.node.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Searches in OpenSearch's query language.
final class Queries {

    /// A match in the name counts for as many in the files.
    private static final long NAME_WEIGHT = 3;

    /// What the tenfold number of seeds adds to a score.
    private static final double HEALTH_WEIGHT = 1.5;

    /// Words that the last word of a phrase may go on to.
    private static final int MAX_EXPANSIONS = 10_000;

    /// Matches are counted up to here where nothing else needs all of them.
    private static final int COUNTED = 2_000;

    static final String COPIES = "copies";

    private Queries() {}

    /// The body of a search.
    static Event search(CatalogueQuery query) {
        var matching = matching(query.terms(), query.filters(), false);
        boolean isScored = query.order() == Order.RELEVANCE && hasText(query);
        var body =
                Event.part()
                        .nested("query", isScored ? healthy(matching) : matching)
                        .number("from", query.window().offset())
                        .number("size", query.window().limit())
                        .parts("sort", order(query.order(), isScored))
                        .nested("collapse", collapse(query.order(), isScored));
        if (query.hasFacets()) {
            return body.flag("track_total_hits", true).nested("aggs", facets());
        }
        return body.number("track_total_hits", COUNTED);
    }

    private static boolean hasText(CatalogueQuery query) {
        return query.terms().stream().anyMatch(term -> !(term instanceof Term.Without));
    }

    private static Event healthy(Event matching) {
        var factor =
                Event.part()
                        .text("field", Names.SEEDS)
                        .text("modifier", "log1p")
                        .fraction("factor", 1)
                        .number("missing", 0);
        var function =
                Event.part().nested("field_value_factor", factor).fraction("weight", HEALTH_WEIGHT);
        return Json.object(
                "function_score",
                Event.part()
                        .nested("query", matching)
                        .parts("functions", List.of(function))
                        .text("boost_mode", "sum"));
    }

    /// What matches and is hidden or not, as asked.
    static Event matching(List<Term> terms, Filters filters, boolean isHidden) {
        List<Event> must = new ArrayList<>();
        List<Event> mustNot = new ArrayList<>();
        for (Term term : terms) {
            if (term instanceof Term.Without(Term inner)) {
                mustNot.add(text(inner));
            } else {
                must.add(text(term));
            }
        }
        List<Event> all = new ArrayList<>(filters(filters));
        all.add(Json.flag(Names.HIDDEN, isHidden));
        return Json.object(
                "bool",
                Event.part().parts("must", must).parts("must_not", mustNot).parts("filter", all));
    }

    private static Event text(Term term) {
        return switch (term) {
            case Term.Word(var text) -> phrase("match_phrase", Words.of(text));
            case Term.Phrase(var text) -> phrase("match_phrase", Words.of(text));
            case Term.Prefix(var text) -> prefix(Words.of(text));
            case Term.Without(var inner) ->
                    throw new IllegalStateException("excluded twice: " + inner);
        };
    }

    private static Event phrase(String kind, List<String> words) {
        return words.isEmpty()
                ? Json.object("match_none", Event.part())
                : either(
                        phrase(kind, Names.NAME_WORDS, words, NAME_WEIGHT),
                        phrase(kind, Names.FILE_WORDS, words, 1));
    }

    private static Event phrase(String kind, String field, List<String> words, long boost) {
        var phrase = Json.text("query", String.join(" ", words)).number("boost", boost);
        if (kind.equals("match_phrase_prefix")) {
            phrase.number("max_expansions", MAX_EXPANSIONS);
        }
        return Json.object(kind, Json.object(field, phrase));
    }

    private static Event either(Event name, Event files) {
        return Json.object(
                "dis_max",
                Event.part().parts("queries", List.of(name, files)).fraction("tie_breaker", 0.1));
    }

    private static Event prefix(List<String> words) {
        if (words.size() != 1) {
            return phrase("match_phrase_prefix", words);
        }
        String word = words.getFirst();
        boolean isShort = word.codePointCount(0, word.length()) <= Documents.SHORT_PREFIX;
        return isShort
                ? Json.object(
                        "constant_score", Json.object("filter", Json.term(Names.PREFIXES, word)))
                : either(prefix(Names.NAME_WORDS, word), prefix(Names.FILE_WORDS, word));
    }

    private static Event prefix(String field, String word) {
        return Json.object("prefix", Json.text(field, word));
    }

    private static List<Event> filters(Filters filters) {
        List<Event> all = new ArrayList<>();
        if (!filters.types().isEmpty()) {
            var words = filters.types().stream().map(ContentType::word).toList();
            all.add(Json.terms(Names.TYPE, words));
        }
        if (!filters.extensions().isEmpty()) {
            all.add(Json.terms(Names.EXTENSIONS, List.copyOf(filters.extensions())));
        }
        addRange(all, Names.LENGTH, filters.lengthBytes());
        addRange(all, Names.FIRST_SEEN, filters.firstSeen());
        addRange(all, Names.SEEDS, filters.seeds());
        addRange(all, Names.YEAR, filters.year());
        addRange(all, Names.SEASON, filters.season());
        addRange(all, Names.EPISODE, filters.episode());
        filters.resolution().ifPresent(it -> all.add(Json.term(Names.RESOLUTION, it)));
        filters.language().ifPresent(it -> all.add(Json.term(Names.LANGUAGES, it)));
        return all;
    }

    private static void addRange(List<Event> all, String field, Range range) {
        if (!range.isAny()) {
            var bounds = Json.number("gte", range.least());
            if (range.most() != Long.MAX_VALUE) {
                bounds.number("lte", range.most());
            }
            all.add(Json.object("range", Json.object(field, bounds)));
        }
    }

    private static List<Event> order(Order order, boolean isScored) {
        var first =
                switch (order) {
                    case RELEVANCE ->
                            isScored ? Json.order("_score", true) : Json.order(Names.SEEDS, true);
                    case SEEDS -> Json.order(Names.SEEDS, true);
                    case NEWEST -> Json.order(Names.FIRST_SEEN, true);
                    case OLDEST -> Json.order(Names.FIRST_SEEN, false);
                    case LARGEST -> Json.order(Names.LENGTH, true);
                    case SMALLEST -> Json.order(Names.LENGTH, false);
                };
        return List.of(first, Json.order(Names.INFO_HASH, false));
    }

    private static Event collapse(Order order, boolean isScored) {
        return Json.text("field", Names.CONTENT_KEY)
                .nested(
                        "inner_hits",
                        Json.text("name", COPIES)
                                .number("size", Hit.MAX_COPIES + 1)
                                .flag("_source", false)
                                .parts("sort", order(order, isScored)));
    }

    private static Event facets() {
        var facets = Event.part();
        for (Facet.Property property : Facet.Property.values()) {
            facets.nested(
                    name(property),
                    Json.object(
                            "terms",
                            Json.text("field", field(property)).number("size", Facet.MAX_VALUES)));
        }
        return facets;
    }

    static String name(Facet.Property property) {
        return property.name().toLowerCase(Locale.ROOT);
    }

    private static String field(Facet.Property property) {
        return switch (property) {
            case TYPE -> Names.TYPE;
            case RESOLUTION -> Names.RESOLUTION;
            case LANGUAGE -> Names.LANGUAGES;
            case YEAR -> Names.YEAR;
            case EXTENSION -> Names.EXTENSIONS;
        };
    }
}
