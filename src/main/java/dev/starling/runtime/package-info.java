/// Wires cores to edges: the DHT as a service, downloads as a service, and their stores.
@NullMarked
package dev.starling.runtime;

import org.jspecify.annotations.NullMarked;
