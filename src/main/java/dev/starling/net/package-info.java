/// The edge to the network, by Netty: UDP, TCP and the loops that drive machines. Imports the core,
/// never another edge.
@NullMarked
package dev.starling.net;

import org.jspecify.annotations.NullMarked;
