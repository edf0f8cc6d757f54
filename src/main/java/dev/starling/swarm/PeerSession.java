package dev.starling.swarm;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;

/// What a swarm knows of one connection, from handshake to close. State only: the rules are with
/// the parts that keep them.
final class PeerSession {

    final ConnectionId connection;
    final Endpoint endpoint;
    final boolean isOutgoing;
    final Id peerId;
    final boolean speaksFast;
    final boolean speaksExtensions;
    final long connectedNanos;

    final RemotePieces pieces = new RemotePieces();
    final Downlink down = new Downlink();
    final Uplink up = new Uplink();
    final PexState pex = new PexState();

    boolean isClosed;
    boolean isBanned;
    long lastReceivedNanos;
    long lastSentNanos;

    /// The peer lets us have nothing (BEP 3).
    boolean isChokingUs = true;

    boolean isInterestedInUs;

    /// We let the peer have nothing.
    boolean isChoked = true;

    /// We have told the peer that it has something we want.
    boolean isInteresting;

    // What the peer's extension handshake said.
    String client = "";
    int listenPort;
    boolean isUploadOnly;
    boolean servesMetadata;
    int metadataSizeBytes;
    int metadataRequestsServed;

    /// How often the peer has told all the pieces it has.
    int tellingCount;

    /// `have` messages that told nothing new.
    int redundantHaveCount;

    PeerSession(SwarmInput.Connected connected, long nowNanos) {
        this.connection = connected.connection();
        this.endpoint = connected.endpoint();
        this.isOutgoing = connected.isOutgoing();
        this.peerId = connected.handshake().peerId();
        this.speaksFast = connected.handshake().features().fast();
        this.speaksExtensions = connected.handshake().features().extensions();
        this.connectedNanos = nowNanos;
        this.lastReceivedNanos = nowNanos;
        this.lastSentNanos = nowNanos;
        down.pausedUntilNanos = nowNanos;
        pex.acceptFromNanos = nowNanos;
    }

    /// Whether we know where the peer can be called.
    boolean isListenPortKnown() {
        return isOutgoing || listenPort != 0;
    }

    /// Where the peer can be called, or where it called from when it does not say.
    Endpoint listenEndpoint() {
        return isOutgoing || listenPort == 0
                ? endpoint
                : new Endpoint(endpoint.address(), listenPort);
    }

    /// Whether it has nothing to ask of anyone.
    boolean isSeed() {
        return isUploadOnly || pieces.isFull();
    }

    /// Whether it makes progress with what we ask of it.
    boolean isDelivering() {
        return !isClosed && !isChokingUs && !down.isSnubbed;
    }

    @Override
    public String toString() {
        return endpoint.toString();
    }
}
