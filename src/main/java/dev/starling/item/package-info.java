/// What anyone may store in the DHT (BEP 44): items, the keys that sign them, and what a mutable
/// torrent's item says (BEP 46). Imports `bencode`, `id` and `hash`.
@NullMarked
package dev.starling.item;

import org.jspecify.annotations.NullMarked;
