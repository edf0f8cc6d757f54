/// What the crawler's estimates are worth, on networks that exist on paper.
@NullMarked
package dev.starling.bench.crawl;

import org.jspecify.annotations.NullMarked;
