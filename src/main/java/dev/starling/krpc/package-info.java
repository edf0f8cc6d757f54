/// The messages of the DHT (BEP 5, 32, 42, 43) and their codec. Imports `bencode` and `id`.
@NullMarked
package dev.starling.krpc;

import org.jspecify.annotations.NullMarked;
