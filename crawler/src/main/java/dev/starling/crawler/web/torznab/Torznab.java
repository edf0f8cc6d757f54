package dev.starling.crawler.web.torznab;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.Hit;
import dev.starling.crawler.web.api.SearchParameters;
import dev.starling.crawler.web.http.Access;
import dev.starling.crawler.web.http.Refused;
import dev.starling.crawler.web.http.Route;
import dev.starling.crawler.web.http.WebAnswer;
import dev.starling.crawler.web.http.WebRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/// Torznab at `/api`, and at `/torznab/api` for those who like to see what they talk to; a plain
/// feed of any search at `/rss`.
public final class Torznab {

    private static final String RSS = "application/rss+xml; charset=utf-8";

    private final Catalogue catalogue;
    private final TorznabSearch search;
    private final InstantSource clock;

    public Torznab(Catalogue catalogue, InstantSource clock) {
        this.catalogue = catalogue;
        this.search = new TorznabSearch(catalogue);
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api", Access.READ, this::answer).refusing(TorznabError::of),
                Route.get("/torznab/api", Access.READ, this::answer).refusing(TorznabError::of),
                Route.get("/rss", Access.READ, this::feed));
    }

    private WebAnswer answer(WebRequest request) throws IOException {
        try {
            return called(request);
        } catch (TorznabError e) {
            return e.answer();
        }
    }

    private WebAnswer called(WebRequest request) throws TorznabError, IOException {
        String name = request.text("t").orElseThrow(() -> TorznabError.missing("t"));
        if (name.equals("caps")) {
            return WebAnswer.of(WebAnswer.XML, Caps.xml());
        }
        var function =
                SearchFunction.parse(name).orElseThrow(() -> TorznabError.noSuchFunction(name));
        var asked = TorznabQuery.read(function, request, clock.instant());
        var page = asked.isPresent() ? search.find(asked.get()) : TorznabSearch.Page.EMPTY;
        return WebAnswer.of(RSS, Feed.xml(page, request.origin()));
    }

    /// The parameters are those of the JSON API's search.
    private WebAnswer feed(WebRequest request) throws Refused, IOException {
        var query = SearchParameters.read(request, clock.instant());
        var page = catalogue.search(query);
        var torrents = page.hits().stream().map(Hit::found).toList();
        var found = new TorznabSearch.Page(torrents, query.window().offset(), page.total());
        return WebAnswer.of(RSS, Feed.xml(found, request.origin()));
    }
}
