/// The `starling` program: its command line and the commands that run a node, download and seed.
///
/// Imports the library and Picocli. Other modules add commands by [CommandProvider], so this one
/// imports none of them.
@NullMarked
package dev.starling.node;

import org.jspecify.annotations.NullMarked;
