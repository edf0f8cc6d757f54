package dev.starling.krpc;

import dev.starling.bencode.ByteString;
import dev.starling.id.Id;
import dev.starling.item.Item;
import java.util.Optional;
import java.util.OptionalLong;

/// A question to a node (BEP 5, "DHT Queries"; BEP 44, 51).
public sealed interface KrpcQuery extends KrpcMessage {

    Header header();

    @Override
    default ByteString transaction() {
        return header().transaction();
    }

    /// What every query carries. `readOnly` is `ro` of BEP 43; `version` is `v`, empty when absent.
    record Header(ByteString transaction, Id sender, boolean readOnly, ByteString version) {}

    /// Which families of contacts the asker wants (BEP 32, `want`); `unspecified` means the family
    /// the query came by.
    record Want(boolean v4, boolean v6) {
        public static final Want UNSPECIFIED = new Want(false, false);

        public boolean isUnspecified() {
            return !v4 && !v6;
        }
    }

    record Ping(Header header) implements KrpcQuery {}

    record FindNode(Header header, Id target, Want want) implements KrpcQuery {}

    /// `noSeed` and `scrape` are BEP 33's.
    record GetPeers(Header header, Id infoHash, Want want, boolean noSeed, boolean scrape)
            implements KrpcQuery {}

    /// `port` counts only where `impliedPort` is not set; then the datagram's source port does.
    record AnnouncePeer(
            Header header,
            Id infoHash,
            int port,
            boolean impliedPort,
            ByteString token,
            boolean seed)
            implements KrpcQuery {}

    /// Asks for a stored item (BEP 44).
    ///
    /// @param seq only a later version is wanted
    record Get(Header header, Id target, OptionalLong seq, Want want) implements KrpcQuery {}

    /// Stores an item (BEP 44).
    ///
    /// @param cas the sequence number that the item here must have
    record Put(Header header, ByteString token, OptionalLong cas, Item item) implements KrpcQuery {}

    /// Asks for some of the infohashes that a node holds peers of (BEP 51).
    record SampleInfohashes(Header header, Id target, Want want) implements KrpcQuery {}

    /// A query we do not know. Where it carries a `target` or `info_hash` it is answered as
    /// find_node, as libtorrent does, so that newer queries still find their way; otherwise with
    /// error 204.
    record Unknown(Header header, ByteString method, Optional<Id> target, Want want)
            implements KrpcQuery {}
}
