/// Tells from names and sizes what a torrent is, by the rules in the resource `rules.txt`.
///
/// Imports `catalogue` and the JDK.
@NullMarked
package dev.starling.crawler.catalogue.classify;

import org.jspecify.annotations.NullMarked;
