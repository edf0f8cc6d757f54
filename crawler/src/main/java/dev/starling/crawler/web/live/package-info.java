/// What a running crawl shows of itself, now and over time. [CrawlView] is what it has to give.
@NullMarked
package dev.starling.crawler.web.live;

import org.jspecify.annotations.NullMarked;
