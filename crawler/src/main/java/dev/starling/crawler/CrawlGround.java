package dev.starling.crawler;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.state.CrawlStore;
import dev.starling.net.NetLoop;
import dev.starling.net.Transport;
import dev.starling.node.Failure;
import java.io.IOException;
import java.nio.file.Path;

/// What a crawl stands on: its state, its sockets and the catalogue, opened in this order, so that
/// a crawl that cannot begin leaves no catalogue behind.
record CrawlGround(CrawlStore store, NetLoop loop, NodeSockets sockets, Catalogue catalogue) {

    /// Opens a catalogue, once all else is there.
    @FunctionalInterface
    interface Opening {
        Catalogue open() throws Failure, IOException;
    }

    /// Opens everything, or nothing.
    static CrawlGround open(CrawlService.Options options, Path folder, Opening opening)
            throws Failure, IOException {
        var store = CrawlStore.open(folder);
        try {
            var loop = NetLoop.start("starling-crawl", Transport.best());
            try {
                return bind(options, store, loop, opening);
            } catch (Failure | IOException | RuntimeException e) {
                loop.close();
                throw e;
            }
        } catch (Failure | IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static CrawlGround bind(
            CrawlService.Options options, CrawlStore store, NetLoop loop, Opening opening)
            throws Failure, IOException {
        var sockets = NodeSockets.bind(loop, options.listen(), options.port(), options.ids());
        try {
            return new CrawlGround(store, loop, sockets, opening.open());
        } catch (Failure | IOException | RuntimeException e) {
            sockets.close();
            throw e;
        }
    }
}
