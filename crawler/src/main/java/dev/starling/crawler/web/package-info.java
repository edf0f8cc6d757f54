/// The crawler's faces over HTTP: pages for people, Torznab and RSS for their programs, JSON for
/// scripts, metrics for whoever keeps it running. Begin reading at [CrawlServer].
///
/// `http` is the plumbing, `api` the JSON, `torznab` the feeds, `live` what a running crawl shows;
/// the pages are resources beside this class. Imports the catalogue's port, of the program how it
/// writes JSON and names its HTTP address, Helidon, Micrometer and ZXing.
@NullMarked
package dev.starling.crawler.web;

import org.jspecify.annotations.NullMarked;
