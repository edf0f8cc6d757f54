package dev.starling.wire;

import dev.starling.id.Id;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The first 68 bytes of a connection (BEP 3, "handshake").
///
/// Whoever connects should send nothing more until the answer has come: aria2 1.36 bans an address
/// that does.
///
/// @param peerId the sender's peer id, twenty bytes
/// @param features the reserved bits that we know of
public record Handshake(Id infoHash, Id peerId, Features features) {

    public static final int LENGTH_BYTES = 68;

    private static final byte[] PROTOCOL =
            "\u0013BitTorrent protocol".getBytes(StandardCharsets.ISO_8859_1);
    private static final int RESERVED_BYTES = 8;
    private static final int EXTENSIONS_BYTE = 5;
    private static final int EXTENSIONS_BIT = 0x10;
    private static final int DHT_AND_FAST_BYTE = 7;
    private static final int DHT_BIT = 0x01;
    private static final int FAST_BIT = 0x04;

    /// Reserved bits: BEP 5 (DHT), BEP 6 (fast), BEP 10 (extension protocol).
    public record Features(boolean dht, boolean fast, boolean extensions) {
        public static final Features OURS = new Features(true, true, true);

        private static Features of(byte[] reserved) {
            return new Features(
                    (reserved[DHT_AND_FAST_BYTE] & DHT_BIT) != 0,
                    (reserved[DHT_AND_FAST_BYTE] & FAST_BIT) != 0,
                    (reserved[EXTENSIONS_BYTE] & EXTENSIONS_BIT) != 0);
        }

        private byte[] toReserved() {
            byte[] reserved = new byte[RESERVED_BYTES];
            reserved[EXTENSIONS_BYTE] = (byte) (extensions ? EXTENSIONS_BIT : 0);
            reserved[DHT_AND_FAST_BYTE] = (byte) ((dht ? DHT_BIT : 0) | (fast ? FAST_BIT : 0));
            return reserved;
        }
    }

    public sealed interface Result {}

    public record Read(Handshake handshake) implements Result {}

    public record Incomplete() implements Result {}

    public record Malformed(String reason) implements Result {}

    /// Reads a handshake from the buffer's position; moves the position only on [Read]. Refuses as
    /// soon as the first bytes show that this is not BitTorrent.
    public static Result read(ByteBuffer in) {
        int start = in.position();
        int known = Math.min(in.remaining(), PROTOCOL.length);
        for (int i = 0; i < known; i++) {
            if (in.get(start + i) != PROTOCOL[i]) {
                return new Malformed(
                        "byte %d of the handshake is 0x%02x, not BitTorrent's 0x%02x"
                                .formatted(i, in.get(start + i), PROTOCOL[i]));
            }
        }
        if (in.remaining() < LENGTH_BYTES) {
            return new Incomplete();
        }
        in.position(start + PROTOCOL.length);
        byte[] reserved = new byte[RESERVED_BYTES];
        byte[] infoHash = new byte[Id.LENGTH_BYTES];
        byte[] peerId = new byte[Id.LENGTH_BYTES];
        in.get(reserved).get(infoHash).get(peerId);
        return new Read(new Handshake(Id.of(infoHash), Id.of(peerId), Features.of(reserved)));
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH_BYTES)
                .put(PROTOCOL)
                .put(features.toReserved())
                .put(infoHash.toBytes())
                .put(peerId.toBytes())
                .array();
    }
}
