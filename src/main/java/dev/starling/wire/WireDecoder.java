package dev.starling.wire;

import java.nio.ByteBuffer;

/// Cuts one connection's bytes after the handshake into messages. Keeps no bytes: whoever reads
/// keeps the incomplete rest and offers it again with more behind it.
///
/// Bounded: a message longer than its kind allows is malformed before a byte of it is awaited.
public final class WireDecoder {

    /// Longest message of any kind: a bitfield of two million pieces or an extension message.
    public static final int MAX_MESSAGE_BYTES = 1 << 20;

    public sealed interface Result {}

    public record Decoded(WireMessage message) implements Result {}

    /// More bytes are needed; nothing was consumed. `missingBytes` is how many at least.
    public record Incomplete(int missingBytes) implements Result {}

    /// The stream cannot go on.
    public record Malformed(String reason) implements Result {}

    /// Takes the next whole message from the buffer, big-endian, moving its position past it.
    public Result next(ByteBuffer in) {
        throw new UnsupportedOperationException();
    }
}
