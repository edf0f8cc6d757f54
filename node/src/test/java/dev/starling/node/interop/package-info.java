/// Starling beside real clients: aria2, libtorrent and Transmission, in a network of their own.
///
/// Run by the Maven profile `interop`, inside a network namespace whose loopback carries
/// 198.18.0.0/15 (RFC 2544), because Transmission and others refuse 127/8 in the DHT. Every test
/// drives the program by its launcher and believes only what it prints with `--json` and what lies
/// on disk.
@NullMarked
package dev.starling.node.interop;

import org.jspecify.annotations.NullMarked;
