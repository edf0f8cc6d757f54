package dev.starling.net;

import dev.starling.id.Endpoint;
import dev.starling.wire.WireMessage;

/// Hears what becomes of the connections of one swarm, on the loop.
public interface PeerHandler {

    /// Handshakes have been exchanged.
    void connected(PeerConnection connection);

    /// A call of ours came to nothing: refused, timed out, or not the peer we wanted.
    void connectFailed(Endpoint endpoint, String reason);

    /// Buffers in `message` are valid during the call, or as [PeerConnection#keepReading()] says.
    void received(PeerConnection connection, WireMessage message);

    /// The peer broke the protocol; [#closed] follows.
    void misbehaved(PeerConnection connection, String reason);

    /// The connection has ended, whoever ended it; comes once after [#connected].
    void closed(PeerConnection connection);
}
