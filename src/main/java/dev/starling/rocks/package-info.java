/// The edge to RocksDB: contacts, node id and announced peers that survive a restart. Imports the
/// core but never `krpc`.
@NullMarked
package dev.starling.rocks;

import org.jspecify.annotations.NullMarked;
