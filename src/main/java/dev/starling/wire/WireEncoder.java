package dev.starling.wire;

import dev.starling.metainfo.BlockRange;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/// Writes messages for one connection. Knows the numbers the remote chose for its extensions,
/// learned from its [WireMessage.ExtensionHandshake] by [#remote]. Confined to the connection.
public final class WireEncoder {

    /// The numbers we announce for messages sent to us.
    public static final int METADATA_NUMBER = 1;

    public static final int PEX_NUMBER = 2;

    /// Length of a `piece` message before its data: length, kind, piece and offset.
    public static final int PIECE_HEADER_BYTES = 13;

    static final int EXTENSION_HANDSHAKE_NUMBER = 0;
    static final String METADATA_NAME = "ut_metadata";
    static final String PEX_NAME = "ut_pex";

    /// Flag of BEP 11: the peer has everything.
    static final int PEX_SEED = 0x02;

    // `msg_type` of BEP 9
    static final int METADATA_REQUEST = 0;
    static final int METADATA_DATA = 1;
    static final int METADATA_REJECT = 2;

    private static final byte[] NOTHING = {};

    private int remoteMetadataNumber;
    private int remotePexNumber;

    /// Remembers the remote's numbers; until then, and where it names none, extension messages
    /// encode to nothing. A later handshake changes only what it names (BEP 10).
    public void remote(WireMessage.ExtensionHandshake handshake) {
        remoteMetadataNumber = handshake.metadataNumber().orElse(remoteMetadataNumber);
        remotePexNumber = handshake.pexNumber().orElse(remotePexNumber);
    }

    /// The message's bytes, or an empty array where the remote does not speak the extension.
    public byte[] encode(WireMessage message) {
        return message
                        instanceof
                        WireMessage.Request(var range) // every block's, so told apart first
                ? ofRange(MessageKind.REQUEST, range)
                : encodeRest(message);
    }

    private byte[] encodeRest(WireMessage message) {
        return switch (message) {
            case WireMessage.KeepAlive() -> new byte[4];
            case WireMessage.Choke() -> bare(MessageKind.CHOKE);
            case WireMessage.Unchoke() -> bare(MessageKind.UNCHOKE);
            case WireMessage.Interested() -> bare(MessageKind.INTERESTED);
            case WireMessage.NotInterested() -> bare(MessageKind.NOT_INTERESTED);
            case WireMessage.Have(var piece) -> ofPiece(MessageKind.HAVE, piece);
            case WireMessage.Bitfield(var bits) ->
                    begin(MessageKind.BITFIELD, bits.lengthBytes()).put(bits.toBytes()).array();
            case WireMessage.Request(var range) -> ofRange(MessageKind.REQUEST, range);
            case WireMessage.Piece piece -> piece(piece);
            case WireMessage.Cancel(var range) -> ofRange(MessageKind.CANCEL, range);
            case WireMessage.Port(var port) ->
                    begin(MessageKind.PORT, 2).putShort((short) port).array();
            case WireMessage.HaveAll() -> bare(MessageKind.HAVE_ALL);
            case WireMessage.HaveNone() -> bare(MessageKind.HAVE_NONE);
            case WireMessage.SuggestPiece(var piece) -> ofPiece(MessageKind.SUGGEST_PIECE, piece);
            case WireMessage.RejectRequest(var range) -> ofRange(MessageKind.REJECT_REQUEST, range);
            case WireMessage.AllowedFast(var piece) -> ofPiece(MessageKind.ALLOWED_FAST, piece);
            case WireMessage.ExtensionHandshake handshake ->
                    extended(EXTENSION_HANDSHAKE_NUMBER, ExtensionEncoder.handshake(handshake));
            case WireMessage.MetadataRequest(var block) ->
                    metadata(METADATA_REQUEST, block, OptionalInt.empty(), NOTHING);
            case WireMessage.MetadataData(var block, var total, var data) ->
                    metadata(METADATA_DATA, block, OptionalInt.of(total), data.toBytes());
            case WireMessage.MetadataReject(var block) ->
                    metadata(METADATA_REJECT, block, OptionalInt.empty(), NOTHING);
            case WireMessage.PeerExchange exchange ->
                    remotePexNumber == 0
                            ? NOTHING
                            : extended(remotePexNumber, ExtensionEncoder.peerExchange(exchange));
            case WireMessage.Unknown(var number) ->
                    throw new IllegalStateException("message " + number + " is not ours to send");
        };
    }

    /// Writes the header of a `piece` message whose data follows separately.
    public static void pieceHeader(int pieceIndex, int offsetBytes, int dataBytes, ByteBuffer out) {
        out.putInt(9 + dataBytes)
                .put((byte) MessageKind.PIECE.number)
                .putInt(pieceIndex)
                .putInt(offsetBytes);
    }

    private static ByteBuffer begin(MessageKind kind, int bodyBytes) {
        return ByteBuffer.allocate(4 + 1 + bodyBytes).putInt(1 + bodyBytes).put((byte) kind.number);
    }

    private static byte[] bare(MessageKind kind) {
        return begin(kind, 0).array();
    }

    private static byte[] ofPiece(MessageKind kind, int pieceIndex) {
        return begin(kind, 4).putInt(pieceIndex).array();
    }

    private static byte[] ofRange(MessageKind kind, BlockRange range) {
        return begin(kind, 12)
                .putInt(range.pieceIndex())
                .putInt(range.offsetBytes())
                .putInt(range.lengthBytes())
                .array();
    }

    private static byte[] piece(WireMessage.Piece piece) {
        var data = piece.data().duplicate();
        return begin(MessageKind.PIECE, 8 + data.remaining())
                .putInt(piece.pieceIndex())
                .putInt(piece.offsetBytes())
                .put(data)
                .array();
    }

    private byte[] metadata(int type, int blockIndex, OptionalInt totalBytes, byte[] data) {
        return remoteMetadataNumber == 0
                ? NOTHING
                : extended(
                        remoteMetadataNumber,
                        ExtensionEncoder.metadata(type, blockIndex, totalBytes),
                        data);
    }

    private static byte[] extended(int number, byte[] dictionary) {
        return extended(number, dictionary, NOTHING);
    }

    private static byte[] extended(int number, byte[] dictionary, byte[] data) {
        return begin(MessageKind.EXTENDED, 1 + dictionary.length + data.length)
                .put((byte) number)
                .put(dictionary)
                .put(data)
                .array();
    }
}
