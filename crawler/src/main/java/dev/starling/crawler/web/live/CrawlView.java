package dev.starling.crawler.web.live;

/// A running crawl as its faces see it. Thread-safe.
public interface CrawlView {

    /// Asked once a second, however many look at it.
    CrawlFigures figures();

    /// Asked by each who looks, so it waits for nobody.
    Keyspace keyspace();
}
