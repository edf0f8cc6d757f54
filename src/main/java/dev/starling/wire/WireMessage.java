package dev.starling.wire;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.metainfo.BlockRange;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// One message between peers after the handshake (BEP 3, "peer messages").
public sealed interface WireMessage {

    record KeepAlive() implements WireMessage {}

    record Choke() implements WireMessage {}

    record Unchoke() implements WireMessage {}

    record Interested() implements WireMessage {}

    record NotInterested() implements WireMessage {}

    record Have(int pieceIndex) implements WireMessage {}

    /// The raw bits; checked against the piece count by the swarm, which knows it.
    record Bitfield(ByteString bits) implements WireMessage {}

    record Request(BlockRange range) implements WireMessage {}

    /// A block. `data` is a view of the receiving or sending buffer, valid only during the call
    /// that hands it over.
    record Piece(int pieceIndex, int offsetBytes, ByteBuffer data) implements WireMessage {}

    record Cancel(BlockRange range) implements WireMessage {}

    /// The peer's DHT port (BEP 5, "Additions to the protocol").
    record Port(int port) implements WireMessage {}

    // BEP 6, fast extension

    record HaveAll() implements WireMessage {}

    record HaveNone() implements WireMessage {}

    record SuggestPiece(int pieceIndex) implements WireMessage {}

    record RejectRequest(BlockRange range) implements WireMessage {}

    record AllowedFast(int pieceIndex) implements WireMessage {}

    // BEP 10, extension protocol. Which number stands for which extension is per connection; the
    // codec on either side translates, so that these name the extension itself.

    /// BEP 10 handshake. Numbers are the sender's for messages sent to it, 0 or absent for
    /// disabled.
    ///
    /// @param reqq how many requests the sender queues, if it says
    /// @param metadataSizeBytes size of the info dictionary, if it says (BEP 9)
    /// @param listenPort `p`, the sender's own TCP port, if it says
    /// @param isUploadOnly BEP 21
    record ExtensionHandshake(
            OptionalInt metadataNumber,
            OptionalInt pexNumber,
            OptionalInt reqq,
            OptionalInt metadataSizeBytes,
            OptionalInt listenPort,
            boolean isUploadOnly,
            String client)
            implements WireMessage {}

    /// BEP 9 `request`.
    record MetadataRequest(int blockIndex) implements WireMessage {}

    /// BEP 9 `data`: one block of 16 KiB, the last one shorter. As read, `data` has exactly the
    /// length that `totalBytes` gives this block.
    record MetadataData(int blockIndex, int totalBytes, ByteString data) implements WireMessage {
        public static final int BLOCK_BYTES = 16 * 1024;
    }

    /// BEP 9 `reject`.
    record MetadataReject(int blockIndex) implements WireMessage {}

    /// BEP 11: peers the sender has met or lost since its last one. As read, only reachable ones,
    /// without duplicates, at most 200 to each list and address family.
    ///
    /// @param seeds those of `added` that the sender says have everything
    record PeerExchange(List<Endpoint> added, List<Endpoint> dropped, Set<Endpoint> seeds)
            implements WireMessage {
        public PeerExchange {
            added = List.copyOf(added);
            dropped = List.copyOf(dropped);
            seeds = Collections.unmodifiableSet(new LinkedHashSet<>(seeds)); // in their order
        }
    }

    /// A message or extension we do not know; ignored. `number` is the message's, 20 for every
    /// extension.
    record Unknown(int number) implements WireMessage {}
}
