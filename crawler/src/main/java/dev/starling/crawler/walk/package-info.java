/// The walk over the DHT: which nodes there are, which infohashes they hold, who is in the swarms.
///
/// A core: machines without sockets, files, clocks or threads, driven by
/// [dev.starling.crawler.CrawlService] in production and by a simulated network in tests. Imports
/// cores of the library only. Begin reading at [dev.starling.crawler.walk.CrawlMachine].
@NullMarked
package dev.starling.crawler.walk;

import org.jspecify.annotations.NullMarked;
