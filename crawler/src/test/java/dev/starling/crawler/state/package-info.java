@NullMarked
package dev.starling.crawler.state;

import org.jspecify.annotations.NullMarked;
