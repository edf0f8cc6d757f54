/// The catalogue's commands: `starling search` and `starling catalogue`.
///
/// Imports `catalogue` with its implementations, and of the program what commands are made of.
@NullMarked
package dev.starling.crawler.catalogue.command;

import org.jspecify.annotations.NullMarked;
