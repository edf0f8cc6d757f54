/// `starling crawl` as a process, on a network on loopback that knows what was asked of it.
@NullMarked
package dev.starling.crawler.interop;

import org.jspecify.annotations.NullMarked;
