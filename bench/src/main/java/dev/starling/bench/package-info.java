/// Benchmarks: what a piece of Starling costs, measured on this machine.
///
/// Imports the library, JMH and, to add its commands, `dev.starling.node.CommandProvider`.
@NullMarked
package dev.starling.bench;

import org.jspecify.annotations.NullMarked;
