/// The pages in a real browser.
@NullMarked
package dev.starling.crawler.web.interop;

import org.jspecify.annotations.NullMarked;
