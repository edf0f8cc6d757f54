@NullMarked
package dev.starling.crawler.web;

import org.jspecify.annotations.NullMarked;
