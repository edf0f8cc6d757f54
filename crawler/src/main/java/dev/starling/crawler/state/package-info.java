/// What a crawl remembers on disk: nodes and when they may be asked again, infohashes to follow up,
/// how far the sweep has come. An edge: the only package of the crawl that knows RocksDB.
@NullMarked
package dev.starling.crawler.state;

import org.jspecify.annotations.NullMarked;
