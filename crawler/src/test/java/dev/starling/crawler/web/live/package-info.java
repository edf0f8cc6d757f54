@NullMarked
package dev.starling.crawler.web.live;

import org.jspecify.annotations.NullMarked;
