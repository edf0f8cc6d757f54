/// The one abstraction everything is built on: a machine that takes inputs and time and hands out
/// effects. Imports nothing of Starling.
@NullMarked
package dev.starling.machine;

import org.jspecify.annotations.NullMarked;
