package dev.starling.crawler.web.live;

/// A running crawl as its faces see it. Thread-safe; asked once a second, so both calls are quick
/// and wait for nobody.
public interface CrawlView {

    CrawlFigures figures();

    Keyspace keyspace();
}
