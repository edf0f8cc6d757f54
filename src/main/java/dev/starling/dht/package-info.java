/// The DHT node: answers queries, keeps its routing table alive, runs lookups and announces.
/// Imports `krpc`, `routing`, `lookup` and what lies below them.
@NullMarked
package dev.starling.dht;

import org.jspecify.annotations.NullMarked;
