/// A command's options from a file: `key = value` lines, where each long option is a key.
///
/// Imports Picocli and the JDK alone.
@NullMarked
package dev.starling.node.config;

import org.jspecify.annotations.NullMarked;
