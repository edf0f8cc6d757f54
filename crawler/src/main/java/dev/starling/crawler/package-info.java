/// The swarm crawler: walks the DHT, gathers infohashes and keeps a catalogue one can search.
///
/// Imports the library and, to add its commands, `dev.starling.node.CommandProvider`.
@NullMarked
package dev.starling.crawler;

import org.jspecify.annotations.NullMarked;
