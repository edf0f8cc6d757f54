/// Fetching metadata: info dictionaries, from thousands of peers at a time (BEP 9, 10).
///
/// A core: a machine without sockets, clocks or threads. Imports cores of the library only. Begin
/// reading at [dev.starling.crawler.fetch.FetchMachine].
@NullMarked
package dev.starling.crawler.fetch;

import org.jspecify.annotations.NullMarked;
