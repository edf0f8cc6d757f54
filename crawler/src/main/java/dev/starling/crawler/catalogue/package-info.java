/// The catalogue: what the crawler found, kept and searchable.
///
/// [Catalogue] is the port; the crawler writes through it, the search command, the web page and the
/// interfaces read through it. Its implementations: [MemoryCatalogue] for tests, `embedded` (Lucene
/// beside RocksDB) and `opensearch`. The records here and [Words], the one way text is cut into
/// words, are shared by all of them, so that all of them find the same.
///
/// Imports the library's `id`, `metainfo`, `bencode` and `hash`, ICU analysis and Jackson.
@NullMarked
package dev.starling.crawler.catalogue;

import org.jspecify.annotations.NullMarked;
