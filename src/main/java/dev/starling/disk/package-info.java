/// The edge to files: writes blocks, hashes pieces, remembers what was verified. Imports the core,
/// never another edge.
@NullMarked
package dev.starling.disk;

import org.jspecify.annotations.NullMarked;
