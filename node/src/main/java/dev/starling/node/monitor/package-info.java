/// What a running node tells those who look after it, over HTTP: metrics, health, a status page.
///
/// Imports the library, Helidon and Micrometer, and of the program only how it writes JSON. Loaded
/// only by a node that was given `--http`, so that no other command pays for it.
@NullMarked
package dev.starling.node.monitor;

import org.jspecify.annotations.NullMarked;
