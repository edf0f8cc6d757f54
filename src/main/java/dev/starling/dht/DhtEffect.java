package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.item.Item;
import dev.starling.krpc.KrpcResponse;
import dev.starling.lookup.LookupEffect;
import dev.starling.lookup.LookupTrace;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// What a DHT node asks of the world, and what it tells whoever gave it a command.
public sealed interface DhtEffect {

    /// What answers a command.
    sealed interface ForCommand extends DhtEffect {
        long handle();
    }

    /// `datagram` is a view of the node's own buffer, valid only until `accept` returns.
    record Send(Endpoint to, ByteBuffer datagram) implements DhtEffect {}

    /// The lookup of our own id has converged; sent once per [DhtInput.Bootstrap] that succeeds.
    record Bootstrapped(int contacts) implements DhtEffect {}

    /// None of the bootstrap's contacts has answered for some seconds; the node keeps trying, with
    /// backoff, and says so again after every attempt.
    record BootstrapStalled(int asked) implements DhtEffect {}

    /// Peers named by one node; the same peer may come from several nodes but is handed out once.
    /// Peers that announced themselves to us come from our own id at the endpoint 0.0.0.0:0.
    record PeersFound(long handle, Contact from, List<Endpoint> peers) implements ForCommand {
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
            implements ForCommand {
        public LookupEnded {
            closest = List.copyOf(closest);
        }
    }

    /// The announce has ended: so many nodes acknowledged it, 0 when none did. The time counts from
    /// the command.
    record Announced(long handle, int nodes, long elapsedNanos) implements ForCommand {}

    record Ponged(long handle, Contact contact, long rttNanos) implements ForCommand {}

    record PingUnanswered(long handle, Endpoint endpoint) implements ForCommand {}

    /// An item has been found that is signed as it should be (BEP 44), of a mutable one a newer
    /// version than any before.
    record ItemFound(long handle, Item item, Contact from) implements ForCommand {}

    /// The search for an item has ended.
    ///
    /// @param item the newest found
    /// @param copies how many nodes have that
    record ItemSearchEnded(
            long handle,
            LookupEffect.Outcome outcome,
            Optional<Item> item,
            int copies,
            LookupTrace trace)
            implements ForCommand {}

    /// An item has been put: so many nodes acknowledged it.
    ///
    /// @param refusals why others did not, in their words
    record ItemPut(long handle, int nodes, List<Refusal> refusals, long elapsedNanos)
            implements ForCommand {
        public ItemPut {
            refusals = List.copyOf(refusals);
        }
    }

    /// An error in answer to a query of ours.
    record Refusal(Endpoint by, int code, String text) {}

    /// A swarm has been counted (BEP 33).
    ///
    /// @param nodes how many knew the swarm
    /// @param peers the addresses of peers that are no seeds, of all nodes together
    record Scraped(
            long handle,
            LookupEffect.Outcome outcome,
            int nodes,
            AddressFilter peers,
            AddressFilter seeds,
            LookupTrace trace)
            implements ForCommand {}

    /// A node has told some of its infohashes (BEP 51); empty where it did not answer, or knows
    /// nothing of such questions.
    record Sampled(
            long handle,
            Endpoint endpoint,
            Optional<KrpcResponse.Samples> samples,
            List<Contact> contacts)
            implements ForCommand {
        public Sampled {
            contacts = List.copyOf(contacts);
        }
    }

    /// Our id has changed to fit the address the network sees us at (BEP 42).
    record IdChanged(Id id, IpAddress external) implements DhtEffect {}
}
