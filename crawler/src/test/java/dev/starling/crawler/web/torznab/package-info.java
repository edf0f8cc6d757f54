@NullMarked
package dev.starling.crawler.web.torznab;

import org.jspecify.annotations.NullMarked;
