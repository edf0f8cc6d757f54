@NullMarked
package dev.starling.crawler.walk;

import org.jspecify.annotations.NullMarked;
