@NullMarked
package dev.starling.crawler.fetch;

import org.jspecify.annotations.NullMarked;
