package dev.starling.dht;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.routing.RoutingTable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What may happen to a DHT node. A `handle` is the asker's number for a command and comes back in
/// the effects that answer it.
public sealed interface DhtInput {

    /// A datagram came; the buffer is only read, and only during the call.
    record Datagram(Endpoint from, ByteBuffer payload) implements DhtInput {}

    /// Contacts remembered from earlier runs and the addresses of bootstrap nodes, the former tried
    /// first. May come again, when a name resolves late or nothing has answered.
    record Bootstrap(List<Contact> saved, List<Endpoint> routers) implements DhtInput {
        public Bootstrap {
            saved = List.copyOf(saved);
            routers = List.copyOf(routers);
        }
    }

    /// Contacts that have answered at the times given, as those of a table that was set aside a
    /// moment ago: they are members at once, and the node counts as joined. For a node that knows
    /// nobody yet.
    record Resume(List<RoutingTable.ContactState> contacts) implements DhtInput {}

    /// Look for the peers of `infoHash` and, where `announce` is present, announce to the closest
    /// nodes on the way out. Begins at once, however empty the table is, and is fed as the table
    /// fills.
    record FindPeers(long handle, Id infoHash, Optional<Announce> announce) implements DhtInput {}

    /// What to announce: our peer port (BEP 5) and whether we are a seed (BEP 33).
    record Announce(int port, boolean impliedPort, boolean seed) {}

    /// Look for the nodes closest to `target`.
    record FindNode(long handle, Id target) implements DhtInput {}

    record Ping(long handle, Endpoint endpoint) implements DhtInput {}

    /// Hold to these bounds from now on.
    record Bound(DhtBounds bounds) implements DhtInput {}

    /// Look for the item stored under `target` (BEP 44).
    ///
    /// @param salt of a mutable item; it is never sent, but its signature covers it
    record GetItem(long handle, Id target, ByteString salt) implements DhtInput {}

    /// Store an item with the nodes closest to its target (BEP 44).
    ///
    /// @param cas the number of the version it is to replace; nodes that have another refuse
    record PutItem(long handle, Item item, OptionalLong cas) implements DhtInput {}

    /// Count the swarm of `infoHash` (BEP 33).
    record Scrape(long handle, Id infoHash) implements DhtInput {}

    /// Ask a node for some of its infohashes, and for contacts close to `target` (BEP 51).
    record Sample(long handle, Endpoint endpoint, Id target) implements DhtInput {}

    record Cancel(long handle) implements DhtInput {}
}
