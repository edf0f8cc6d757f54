/// `starling sim`: plays the simulator's scenarios from the command line, many seeds if need be,
/// and draws what came of them.
@NullMarked
package dev.starling.bench.sim;

import org.jspecify.annotations.NullMarked;
