/// The catalogue of one machine: RocksDB holds the truth, Lucene finds things in it.
///
/// Imports `catalogue`, the library's `id`, RocksDB and Lucene.
@NullMarked
package dev.starling.crawler.catalogue.embedded;

import org.jspecify.annotations.NullMarked;
