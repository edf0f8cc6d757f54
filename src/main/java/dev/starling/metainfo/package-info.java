/// Torrents and magnet links: what they say, what is refused, and which paths files may have (BEP
/// 3, 9, 53); sets and ranges of pieces. Imports `bencode`, `hash` and `id`.
@NullMarked
package dev.starling.metainfo;

import org.jspecify.annotations.NullMarked;
