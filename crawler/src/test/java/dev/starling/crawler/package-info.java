@NullMarked
package dev.starling.crawler;

import org.jspecify.annotations.NullMarked;
