package dev.starling.wire;

import java.nio.ByteBuffer;

/// Writes messages for one connection. Knows the numbers the remote chose for its extensions,
/// learned from its [WireMessage.ExtensionHandshake] by [#remote].
public final class WireEncoder {

    /// The numbers we announce for messages sent to us.
    public static final int METADATA_NUMBER = 1;

    public static final int PEX_NUMBER = 2;

    /// Length of a `piece` message before its data: length, kind, piece and offset.
    public static final int PIECE_HEADER_BYTES = 13;

    /// Remembers the remote's numbers; until then, and where it names none, extension messages
    /// encode to nothing.
    public void remote(WireMessage.ExtensionHandshake handshake) {
        throw new UnsupportedOperationException();
    }

    /// The message's bytes, or an empty array where the remote does not speak the extension.
    public byte[] encode(WireMessage message) {
        throw new UnsupportedOperationException();
    }

    /// Writes the header of a `piece` message whose data follows separately.
    public static void pieceHeader(int pieceIndex, int offsetBytes, int dataBytes, ByteBuffer out) {
        out.putInt(9 + dataBytes).put((byte) 7).putInt(pieceIndex).putInt(offsetBytes);
    }
}
