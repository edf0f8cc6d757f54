/// Load on a DHT node: `starling bench load` and the echo it is held against.
///
/// One thread plays thousands of nodes over blocking-free sockets of the JDK, so that what is
/// measured is the target and not a second copy of our own network code.
@NullMarked
package dev.starling.bench.load;

import org.jspecify.annotations.NullMarked;
