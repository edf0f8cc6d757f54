package dev.starling.swarm;

import dev.starling.id.Endpoint;
import java.util.LinkedHashSet;
import java.util.Set;

/// Peer exchange (BEP 11) with one peer.
final class PexState {

    boolean isSpoken;
    long nextSendNanos;
    long acceptFromNanos;

    /// What the peer believes we are connected to.
    final Set<Endpoint> told = new LinkedHashSet<>();
}
