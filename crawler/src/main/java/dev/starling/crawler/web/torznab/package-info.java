/// The feeds: Torznab, as Sonarr, Prowlarr and their like ask it, and RSS for readers.
@NullMarked
package dev.starling.crawler.web.torznab;

import org.jspecify.annotations.NullMarked;
