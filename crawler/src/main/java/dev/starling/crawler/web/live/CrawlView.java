package dev.starling.crawler.web.live;

import java.io.IOException;

/// A running crawl as its faces see it. Thread-safe.
public interface CrawlView {

    /// Asked once a second, however many look at it.
    CrawlFigures figures();

    /// Asked by each who looks, so it waits for nobody.
    Keyspace keyspace();

    /// Has the crawl ask nobody, or go on; it follows within a moment.
    void pause(boolean isPaused) throws IOException;
}
