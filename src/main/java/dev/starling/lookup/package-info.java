/// The iterative Kademlia lookup as a machine. Knows no wire format; imports `id`, `machine` and
/// `routing`.
@NullMarked
package dev.starling.lookup;

import org.jspecify.annotations.NullMarked;
