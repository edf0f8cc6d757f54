/// How fast the crawler's catalogue is filled and searched.
@NullMarked
package dev.starling.bench.search;

import org.jspecify.annotations.NullMarked;
