package dev.starling.crawler.web.torznab;

import dev.starling.crawler.catalogue.CatalogueQuery;
import dev.starling.crawler.catalogue.ContentType;
import dev.starling.crawler.catalogue.Filters;
import dev.starling.crawler.catalogue.Order;
import dev.starling.crawler.catalogue.Range;
import dev.starling.crawler.catalogue.Term;
import dev.starling.crawler.web.http.WebRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a program asks for, in the catalogue's terms.
///
/// @param categories ids of which the results must have one; empty for any
record TorznabQuery(CatalogueQuery query, Set<Integer> categories, int offset, int limit) {

    /// As many as Sonarr asks for at once.
    static final int MAX_LIMIT = 100;

    /// Prowlarr fills `minsize` and `maxsize` with days; no torrent is sought by so few bytes.
    private static final long LEAST_SIZE_BYTES = 1 << 20;

    private static final int MAX_CATEGORIES = 200;
    private static final long MAX_DAYS = 36_500;

    /// What only a database of works could tell.
    private static final List<String> FOREIGN_IDS =
            List.of("tvdbid", "rid", "imdbid", "tmdbid", "tvmazeid", "traktid", "doubanid");

    private static final Pattern NUMBER = Pattern.compile("[SsEe]?(\\d{1,4})");
    private static final Pattern DAY = Pattern.compile("(\\d{1,2})/(\\d{1,2})");

    /// Empty where it asks by an id of a database that we do not know, and by nothing else.
    static Optional<TorznabQuery> read(SearchFunction function, WebRequest request, Instant now)
            throws TorznabError {
        List<Term> terms = new ArrayList<>();
        for (String parameter : List.of("q", "artist", "album", "title", "author")) {
            if (function.parameters().contains(parameter)) {
                request.text(parameter).ifPresent(text -> terms.addAll(words(text)));
            }
        }
        if (terms.isEmpty() && FOREIGN_IDS.stream().anyMatch(id -> request.text(id).isPresent())) {
            return Optional.empty();
        }
        var filters = common(request, now);
        if (function.parameters().contains("year")) {
            filters = filters.withYear(only(number(request, "year")));
        }
        if (function == SearchFunction.TV) {
            filters = episode(request, filters, terms);
        }
        var categories = categories(request);
        var order = terms.isEmpty() ? Order.NEWEST : Order.RELEVANCE;
        var query = CatalogueQuery.of("").with(filters.withTypes(types(categories))).with(order);
        return Optional.of(
                new TorznabQuery(
                        new CatalogueQuery(
                                terms, query.filters(), query.order(), query.window(), false),
                        categories,
                        (int) Math.min(number(request, "offset").orElse(0L), Integer.MAX_VALUE),
                        (int) Math.min(number(request, "limit").orElse(100L), MAX_LIMIT)));
    }

    /// Titles come as they are: what would be an operator in a person's query is none in theirs.
    private static List<Term> words(String text) {
        return CatalogueQuery.of(text.replaceAll("[\"*]", " ").replaceAll("(^|\\s)-+", " "))
                .terms();
    }

    private static Filters common(WebRequest request, Instant now) throws TorznabError {
        long least = number(request, "minsize").filter(it -> it >= LEAST_SIZE_BYTES).orElse(0L);
        long most =
                number(request, "maxsize")
                        .filter(it -> it >= LEAST_SIZE_BYTES)
                        .orElse(Long.MAX_VALUE);
        var filters = Filters.NONE.withLengthBytes(new Range(least, most));
        var days = number(request, "maxage").filter(it -> it > 0);
        if (days.isEmpty()) {
            return filters;
        }
        var since = now.minus(Duration.ofDays(Math.min(days.get(), MAX_DAYS)));
        return filters.withFirstSeen(Range.atLeast(Math.max(0, since.getEpochSecond())));
    }

    /// A season and an episode, or a year and a day.
    private static Filters episode(WebRequest request, Filters filters, List<Term> terms)
            throws TorznabError {
        var season = counted(request, "season");
        var day = request.text("ep").map(DAY::matcher).filter(it -> it.matches());
        if (day.isPresent()) {
            long year = season.orElseThrow(() -> TorznabError.missing("season"));
            String date = "%d %s %s".formatted(year, day.get().group(1), day.get().group(2));
            terms.add(new Term.Phrase(date));
            return filters;
        }
        return filters.withSeason(only(season)).withEpisode(only(counted(request, "ep")));
    }

    private static Range only(Optional<Long> number) {
        return number.map(Range::only).orElse(Range.ANY);
    }

    private static Optional<Long> counted(WebRequest request, String name) throws TorznabError {
        var text = request.text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var number = NUMBER.matcher(text.get());
        if (!number.matches()) {
            throw TorznabError.wrong(name, text.get());
        }
        return Optional.of(Long.parseLong(number.group(1)));
    }

    private static Optional<Long> number(WebRequest request, String name) throws TorznabError {
        var text = request.text(name);
        if (text.isPresent() && !text.get().matches("\\d{1,18}")) {
            throw TorznabError.wrong(name, text.get());
        }
        return text.map(Long::parseLong);
    }

    private static Set<Integer> categories(WebRequest request) throws TorznabError {
        Set<Integer> ids = new LinkedHashSet<>();
        for (String id : request.list("cat").stream().limit(MAX_CATEGORIES).toList()) {
            if (!id.matches("\\d{1,6}")) {
                throw TorznabError.wrong("cat", id);
            }
            ids.add(Integer.parseInt(id));
        }
        return ids;
    }

    /// Of which types the categories are; nothing is of a category that we do not know.
    private static List<ContentType> types(Set<Integer> ids) {
        return Stream.of(Category.values())
                .filter(category -> category.isIn(ids))
                .flatMap(category -> category.types().stream())
                .distinct()
                .toList();
    }

    /// Whether nothing can match, as all categories asked for are unknown here.
    boolean isHopeless() {
        return !categories.isEmpty() && query.filters().types().isEmpty();
    }
}
