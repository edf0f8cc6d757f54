package dev.starling.wire;

import dev.starling.id.Id;
import java.nio.ByteBuffer;

/// The first 68 bytes of a connection (BEP 3, "handshake").
///
/// @param peerId the sender's peer id, twenty bytes
/// @param features the reserved bits that we know of
public record Handshake(Id infoHash, Id peerId, Features features) {

    public static final int LENGTH_BYTES = 68;

    /// Reserved bits: BEP 5 (DHT), BEP 6 (fast), BEP 10 (extension protocol).
    public record Features(boolean dht, boolean fast, boolean extensions) {
        public static final Features OURS = new Features(true, true, true);
    }

    public sealed interface Result {}

    public record Read(Handshake handshake) implements Result {}

    public record Incomplete() implements Result {}

    public record Malformed(String reason) implements Result {}

    /// Reads a handshake from the buffer's position; moves the position only on [Read]. Refuses as
    /// soon as the first bytes show that this is not BitTorrent.
    public static Result read(ByteBuffer in) {
        throw new UnsupportedOperationException();
    }

    public byte[] toBytes() {
        throw new UnsupportedOperationException();
    }
}
