/// What a running node tells those who look after it, over HTTP: metrics, health, a status page;
/// and the server that holds to bounds, which other modules' pages are served by as well.
///
/// Imports the library, Helidon and Micrometer, and of the program only how it writes JSON. Loaded
/// only by a command that serves HTTP, so that no other pays for it.
@NullMarked
package dev.starling.node.monitor;

import org.jspecify.annotations.NullMarked;
