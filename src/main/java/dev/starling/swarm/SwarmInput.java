package dev.starling.swarm;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.PieceSet;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireMessage;
import java.util.List;

/// What may happen to a swarm.
public sealed interface SwarmInput {

    /// Where a peer was heard of; DHT and user before others when there are too many.
    enum Source {
        USER,
        DHT,
        PEER_EXCHANGE,
        INCOMING
    }

    record PeersFound(List<Endpoint> peers, Source source) implements SwarmInput {
        public PeersFound {
            peers = List.copyOf(peers);
        }
    }

    /// Handshakes have been exchanged and the infohash is ours.
    ///
    /// @param isOutgoing whether we called; then `endpoint` is where the peer listens
    record Connected(
            ConnectionId connection, Endpoint endpoint, boolean isOutgoing, Handshake handshake)
            implements SwarmInput {}

    /// An outgoing call came to nothing: refused, timed out, or closed before the handshake.
    record ConnectFailed(Endpoint endpoint, String reason) implements SwarmInput {}

    record Received(ConnectionId connection, WireMessage message) implements SwarmInput {}

    /// The remote broke the protocol; the edge closes the connection after this.
    record Misbehaved(ConnectionId connection, String reason) implements SwarmInput {}

    record Closed(ConnectionId connection) implements SwarmInput {}

    /// An [SwarmEffect.Upload] has left for the network, or was given up.
    record Uploaded(ConnectionId connection, BlockRange range) implements SwarmInput {}

    /// Storage is open. Comes once, after the metadata is known.
    ///
    /// @param have pieces verified before
    /// @param written blocks of others that an earlier run stored, not verified
    record Opened(PieceSet have, BlockSet written) implements SwarmInput {

        /// With nothing stored but whole pieces.
        public Opened(PieceSet have) {
            this(have, BlockSet.EMPTY);
        }
    }

    /// All blocks of the piece are stored and its hash is right.
    record PieceVerified(int pieceIndex) implements SwarmInput {}

    /// All blocks of the piece are stored and its hash is wrong.
    record PieceFailed(int pieceIndex) implements SwarmInput {}

    /// Answers [SwarmEffect.DigestBlocks]: SHA-1 of each block of the piece as stored, in order.
    record BlocksDigested(int pieceIndex, List<Id> digests) implements SwarmInput {
        public BlocksDigested {
            digests = List.copyOf(digests);
        }
    }

    /// Blocks cannot be stored now (disk full, folder gone); ask for none until [StorageResumed].
    /// Blocks on their way to disk that are not part of a verified piece are lost.
    record StorageStalled(String reason) implements SwarmInput {}

    record StorageResumed() implements SwarmInput {}

    /// Files to download, by index; the others are left out. Given before [Opened], none of the
    /// others is ever asked for.
    record Select(List<Integer> files) implements SwarmInput {
        public Select {
            files = List.copyOf(files);
        }
    }

    /// Leave: say nothing more to anyone.
    record Stop() implements SwarmInput {}
}
