package dev.starling.krpc;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Reads and writes KRPC datagrams. Stateless but for reusable buffers; confined to one thread.
///
/// What cannot be read ends in [Undecodable]; nothing a remote sends throws.
public final class KrpcCodec {

    /// Longer transaction ids are refused: nobody uses more than 20 bytes, and we echo them.
    public static final int MAX_TRANSACTION_BYTES = 32;

    /// What a datagram turned out to be.
    public sealed interface Decoded {}

    public record Message(KrpcMessage message) implements Decoded {}

    /// Not a KRPC message. Where `reply` is present the sender deserves this error; otherwise
    /// silence.
    public record Undecodable(String reason, Optional<KrpcError> reply) implements Decoded {}

    /// Reads the buffer's remaining bytes without moving its position. Whatever the message keeps
    /// is copied.
    public Decoded decode(ByteBuffer datagram) {
        throw new UnsupportedOperationException();
    }

    /// The datagram, in a view of the codec's own buffer that the next call overwrites. Absent
    /// parts and empty versions are not written.
    public ByteBuffer encode(KrpcMessage message) {
        throw new UnsupportedOperationException();
    }
}
