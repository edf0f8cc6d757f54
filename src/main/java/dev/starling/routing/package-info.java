/// The Kademlia routing table. Knows no wire format; imports `id` and `machine`.
@NullMarked
package dev.starling.routing;

import org.jspecify.annotations.NullMarked;
