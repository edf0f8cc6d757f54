package dev.starling.crawler.web.api;

import dev.starling.crawler.catalogue.CatalogueQuery;
import dev.starling.crawler.catalogue.CatalogueQuery.Window;
import dev.starling.crawler.catalogue.ContentType;
import dev.starling.crawler.catalogue.Filters;
import dev.starling.crawler.catalogue.Order;
import dev.starling.crawler.catalogue.Range;
import dev.starling.crawler.web.http.Refused;
import dev.starling.crawler.web.http.WebRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads a search from a URL's parameters: `q=debian&type=software&minSeeds=3&order=newest`.
public final class SearchParameters {

    /// More than the facets show; a bound on what one search costs.
    private static final int MAX_VALUES = 20;

    private static final int MAX_LIMIT = 100;
    private static final int DEFAULT_LIMIT = 20;

    private SearchParameters() {}

    /// The search that these parameters describe.
    ///
    /// @param now what `days` counts back from
    public static CatalogueQuery read(WebRequest request, Instant now) throws Refused {
        var query =
                CatalogueQuery.of(request.text("q").orElse(""))
                        .with(filters(request, now))
                        .with(order(request))
                        .with(window(request));
        return request.text("facets").filter("true"::equals).isPresent()
                ? query.withFacets()
                : query;
    }

    private static Filters filters(WebRequest request, Instant now) throws Refused {
        var filters =
                Filters.NONE
                        .withTypes(types(request))
                        .withExtensions(bounded(request.list("extension")))
                        .withLengthBytes(range(request, "minSize", "maxSize"))
                        .withSeeds(range(request, "minSeeds", "maxSeeds"))
                        .withYear(only(request, "year"))
                        .withSeason(only(request, "season"))
                        .withEpisode(only(request, "episode"));
        var days = request.number("days");
        if (days.isPresent()) {
            var since = now.minus(Duration.ofDays(Math.min(days.get(), 100_000)));
            filters = filters.withFirstSeen(Range.atLeast(Math.max(0, since.getEpochSecond())));
        }
        var resolution = request.text("resolution");
        if (resolution.isPresent()) {
            filters = filters.withResolution(resolution.get());
        }
        var language = request.text("language");
        return language.isPresent() ? filters.withLanguage(language.get()) : filters;
    }

    private static List<ContentType> types(WebRequest request) throws Refused {
        List<ContentType> types = new ArrayList<>();
        for (String word : bounded(request.list("type"))) {
            types.add(
                    ContentType.parse(word)
                            .orElseThrow(() ->
                                    Refused.badParameter(
                                            "type",
                                            word,
                                            words(
                                                    Stream.of(ContentType.values())
                                                            .map(ContentType::word)))));
        }
        return types;
    }

    private static List<String> bounded(List<String> values) {
        return values.stream()
                .limit(MAX_VALUES)
                .map(value -> value.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Order order(WebRequest request) throws Refused {
        var word = request.text("order").orElse(Order.RELEVANCE.word());
        return Order.parse(word)
                .orElseThrow(() ->
                        Refused.badParameter(
                                "order", word, words(Stream.of(Order.values()).map(Order::word))));
    }

    private static String words(Stream<String> words) {
        return words.collect(Collectors.joining(", ", "one of ", ""));
    }

    private static Range range(WebRequest request, String least, String most) throws Refused {
        return new Range(
                request.number(least).orElse(0L), request.number(most).orElse(Long.MAX_VALUE));
    }

    private static Range only(WebRequest request, String name) throws Refused {
        var number = request.number(name);
        return number.isPresent() ? Range.only(number.get()) : Range.ANY;
    }

    private static Window window(WebRequest request) throws Refused {
        long offset = request.number("offset").orElse(0L);
        if (offset > Window.MAX_OFFSET) {
            throw Refused.badParameter(
                    "offset", String.valueOf(offset), "at most " + Window.MAX_OFFSET);
        }
        long limit = request.number("limit").orElse((long) DEFAULT_LIMIT);
        return new Window((int) offset, (int) Math.min(limit, MAX_LIMIT));
    }
}
