package dev.starling.swarm;

import dev.starling.id.Endpoint;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.wire.WireMessage;
import java.nio.ByteBuffer;

/// What a swarm asks of the world.
public sealed interface SwarmEffect {

    /// Call this peer and exchange handshakes; answered by [SwarmInput.Connected] or
    /// [SwarmInput.ConnectFailed].
    record Connect(Endpoint endpoint) implements SwarmEffect {}

    /// Close the connection; no [SwarmInput.Closed] follows.
    record Disconnect(ConnectionId connection, String reason) implements SwarmEffect {}

    record Send(ConnectionId connection, WireMessage message) implements SwarmEffect {}

    /// Read this block from storage and send it; answered by [SwarmInput.Uploaded]. At most
    /// [Swarm#MAX_UPLOADS_IN_FLIGHT] per connection are outstanding.
    record Upload(ConnectionId connection, BlockRange range) implements SwarmEffect {}

    /// Write this block and, when it completes its piece, verify the piece. `data` is valid only
    /// until `accept` returns; who keeps it retains or copies it.
    record StoreBlock(int pieceIndex, int offsetBytes, ByteBuffer data) implements SwarmEffect {}

    /// Take the digest of every block of a stored piece, before any later [StoreBlock] of that
    /// piece.
    record DigestBlocks(int pieceIndex) implements SwarmEffect {}

    /// The info dictionary has been fetched and its hash is right: open storage, answer with
    /// [SwarmInput.Opened].
    record MetadataVerified(InfoDictionary info) implements SwarmEffect {}

    /// The info dictionary has been fetched, but no client should load it. The swarm has stopped.
    record MetadataRefused(String reason) implements SwarmEffect {}

    /// Too few peers: look for more in the DHT now.
    record NeedPeers() implements SwarmEffect {}

    /// Every selected piece is verified.
    record Completed() implements SwarmEffect {}

    /// This address sent what no honest peer sends and is not dealt with again.
    record Banned(Endpoint endpoint, String reason) implements SwarmEffect {}
}
