/// Races lookups: ours, and beside them any rival that prints the same lines.
@NullMarked
package dev.starling.bench.lookup;

import org.jspecify.annotations.NullMarked;
