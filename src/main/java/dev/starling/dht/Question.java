package dev.starling.dht;

import dev.starling.bencode.ByteString;
import dev.starling.id.Id;
import dev.starling.item.Item;
import java.util.OptionalLong;

/// What we ask of a node, before it is addressed to anyone.
sealed interface Question {

    record Ping() implements Question {}

    record FindNode(Id target) implements Question {}

    /// Peers, and contacts close to them.
    ///
    /// @param scrape whether filters are wanted that count the swarm (BEP 33)
    record GetPeers(Id infoHash, boolean scrape) implements Question {}

    record GetItem(Id target) implements Question {}

    record PutItem(Item item, OptionalLong cas, ByteString token) implements Question {}

    record SampleInfohashes(Id target) implements Question {}

    record AnnouncePeer(Id infoHash, DhtInput.Announce announce, ByteString token)
            implements Question {}
}
