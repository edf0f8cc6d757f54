@NullMarked
package dev.starling.crawler.web.api;

import org.jspecify.annotations.NullMarked;
