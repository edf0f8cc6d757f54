/// `starling bench hash`: what one core hashes a second.
@NullMarked
package dev.starling.bench.hash;

import org.jspecify.annotations.NullMarked;
