/// The peer wire protocol (BEP 3, 6, 9, 10, 11, 21): messages and codec. Imports `bencode`, `hash`,
/// `id` and `metainfo` (for pieces and blocks).
@NullMarked
package dev.starling.wire;

import org.jspecify.annotations.NullMarked;
