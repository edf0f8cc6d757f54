package dev.starling.dht;

import dev.starling.bencode.ByteString;
import dev.starling.id.Id;

/// What we ask of a node, before it is addressed to anyone.
sealed interface Question {

    record Ping() implements Question {}

    record FindNode(Id target) implements Question {}

    record GetPeers(Id infoHash) implements Question {}

    record AnnouncePeer(Id infoHash, DhtInput.Announce announce, ByteString token)
            implements Question {}
}
