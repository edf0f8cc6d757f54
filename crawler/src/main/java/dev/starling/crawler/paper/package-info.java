/// A DHT that exists on paper only, and a crawl of it on virtual time: what tests and benchmarks
/// hold the crawl against. Nothing of the program itself uses it.
@NullMarked
package dev.starling.crawler.paper;

import org.jspecify.annotations.NullMarked;
