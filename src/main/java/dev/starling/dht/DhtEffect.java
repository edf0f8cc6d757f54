package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.lookup.LookupEffect;
import dev.starling.lookup.LookupTrace;
import java.nio.ByteBuffer;
import java.util.List;

/// What a DHT node asks of the world, and what it tells whoever gave it a command.
public sealed interface DhtEffect {

    /// `datagram` is a view of the node's own buffer, valid only until `accept` returns.
    record Send(Endpoint to, ByteBuffer datagram) implements DhtEffect {}

    /// The lookup of our own id has converged; sent once per [DhtInput.Bootstrap] that succeeds.
    record Bootstrapped(int contacts) implements DhtEffect {}

    /// None of the bootstrap's contacts has answered for some seconds; the node keeps trying, with
    /// backoff, and says so again after every attempt.
    record BootstrapStalled(int asked) implements DhtEffect {}

    /// Peers named by one node; the same peer may come from several nodes but is handed out once.
    /// Peers that announced themselves to us come from our own id at the endpoint 0.0.0.0:0.
    record PeersFound(long handle, Contact from, List<Endpoint> peers) implements DhtEffect {
        public PeersFound {
            peers = List.copyOf(peers);
        }
    }

    /// The lookup has ended. With an announce to follow, [Announced] comes after it.
    record LookupEnded(
            long handle,
            LookupEffect.Outcome outcome,
            List<Contact> closest,
            int peers,
            LookupTrace trace)
            implements DhtEffect {
        public LookupEnded {
            closest = List.copyOf(closest);
        }
    }

    /// The announce has ended: so many nodes acknowledged it, 0 when none did. The time counts from
    /// the command.
    record Announced(long handle, int nodes, long elapsedNanos) implements DhtEffect {}

    record Ponged(long handle, Contact contact, long rttNanos) implements DhtEffect {}

    record PingUnanswered(long handle, Endpoint endpoint) implements DhtEffect {}

    /// Our id has changed to fit the address the network sees us at (BEP 42).
    record IdChanged(Id id, IpAddress external) implements DhtEffect {}
}
