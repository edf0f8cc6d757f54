@NullMarked
package dev.starling.crawler.web.http;

import org.jspecify.annotations.NullMarked;
