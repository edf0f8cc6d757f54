package dev.starling.crawler.web.torznab;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.CatalogueQuery.Window;
import dev.starling.crawler.catalogue.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Finds a page of torrents of given categories.
///
/// Categories are finer than what the catalogue can filter by, so matches are looked through in
/// order until the page is full: thousands of them at the most.
final class TorznabSearch {

    private final Catalogue catalogue;

    TorznabSearch(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /// @param total exact where everything was looked through, else what is known to be there
    record Page(List<Found> torrents, int offset, long total) {
        static final Page EMPTY = new Page(List.of(), 0, 0);

        Page {
            torrents = List.copyOf(torrents);
        }
    }

    Page find(TorznabQuery asked) throws IOException {
        if (asked.isHopeless()) {
            return Page.EMPTY;
        }
        return asked.categories().isEmpty() ? direct(asked) : sifted(asked);
    }

    private Page direct(TorznabQuery asked) throws IOException {
        if (asked.offset() > Window.MAX_OFFSET) {
            return Page.EMPTY;
        }
        var window = new Window(asked.offset(), asked.limit());
        var page = catalogue.search(asked.query().with(window));
        var torrents = page.hits().stream().map(hit -> hit.found()).toList();
        return new Page(torrents, asked.offset(), page.total());
    }

    private Page sifted(TorznabQuery asked) throws IOException {
        List<Found> page = new ArrayList<>();
        int matches = 0;
        for (int offset = 0; offset <= Window.MAX_OFFSET; offset += Window.MAX_LIMIT) {
            var window = new Window(offset, Window.MAX_LIMIT);
            var hits = catalogue.search(asked.query().with(window)).hits();
            for (var hit : hits) {
                if (Category.of(hit.found()).isIn(asked.categories())) {
                    if (matches >= asked.offset() && page.size() < asked.limit()) {
                        page.add(hit.found());
                    }
                    matches++;
                }
            }
            // One more than the page says that there is another.
            if (hits.size() < Window.MAX_LIMIT || matches > asked.offset() + asked.limit()) {
                break;
            }
        }
        return new Page(page, asked.offset(), matches);
    }
}
