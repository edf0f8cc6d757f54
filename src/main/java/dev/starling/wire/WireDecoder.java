package dev.starling.wire;

import dev.starling.bencode.ByteString;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.InfoReader;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;

/// Cuts one connection's bytes after the handshake into messages. Keeps no bytes: whoever reads
/// keeps the incomplete rest and offers it again with more behind it.
///
/// Bounded: a message longer than its kind allows is malformed before a byte of it is awaited.
/// Buffers are read big-endian, the default of a [ByteBuffer].
public final class WireDecoder {

    /// Longest block in a `piece` or asked for in a `request`. Everyone uses 16 KiB; some clients
    /// serve up to 128 KiB, and no known one goes further.
    public static final int MAX_BLOCK_BYTES = 128 * 1024;

    /// Longest extension message, and longest message of a kind we do not know. The longest that
    /// honest peers send is 16 KiB of metadata; 64 KiB would also hold 3,000 IPv6 peers.
    public static final int MAX_EXTENDED_BYTES = 64 * 1024;

    /// Longest message of any kind, its length prefix included: a bitfield of two million pieces.
    public static final int MAX_MESSAGE_BYTES = 4 + 1 + InfoReader.MAX_PIECES / 8;

    private static final int PREFIX_BYTES = 4;

    public sealed interface Result {}

    public record Decoded(WireMessage message) implements Result {}

    /// More bytes are needed; nothing was consumed. `missingBytes` is how many at least.
    public record Incomplete(int missingBytes) implements Result {}

    /// The stream cannot go on.
    public record Malformed(String reason) implements Result {}

    /// Takes the next whole message from the buffer, moving its position past it; any other result
    /// leaves the buffer as it was.
    public Result next(ByteBuffer in) {
        int start = in.position();
        int available = in.remaining();
        if (available < PREFIX_BYTES) {
            return new Incomplete(PREFIX_BYTES - available);
        }
        int length = in.getInt(start);
        if (length == 0) {
            in.position(start + PREFIX_BYTES);
            return new Decoded(new WireMessage.KeepAlive());
        }
        if (length < 0 || length > MAX_MESSAGE_BYTES - PREFIX_BYTES) {
            return new Malformed("a message of " + Integer.toUnsignedString(length) + " bytes");
        }
        if (available == PREFIX_BYTES) {
            return new Incomplete(1); // the number, which bounds how long the message may be
        }
        int number = in.get(start + PREFIX_BYTES) & 0xff;
        var kind = MessageKind.of(number);
        if (!allows(kind, length)) {
            return new Malformed("a message numbered " + number + " of " + length + " bytes");
        }
        if (available < PREFIX_BYTES + length) {
            return new Incomplete(PREFIX_BYTES + length - available);
        }
        var body = in.slice(start + PREFIX_BYTES + 1, length - 1);
        var result =
                kind.isPresent()
                        ? message(kind.get(), body)
                        : new Decoded(new WireMessage.Unknown(number));
        if (result instanceof Decoded) {
            in.position(start + PREFIX_BYTES + length);
        }
        return result;
    }

    private static boolean allows(Optional<MessageKind> kind, int length) {
        return kind.isPresent()
                ? length >= kind.get().minLengthBytes && length <= kind.get().maxLengthBytes
                : length <= MAX_EXTENDED_BYTES;
    }

    private static Result message(MessageKind kind, ByteBuffer body) {
        return switch (kind) {
            case CHOKE -> new Decoded(new WireMessage.Choke());
            case UNCHOKE -> new Decoded(new WireMessage.Unchoke());
            case INTERESTED -> new Decoded(new WireMessage.Interested());
            case NOT_INTERESTED -> new Decoded(new WireMessage.NotInterested());
            case HAVE -> ofPiece(body, WireMessage.Have::new);
            case BITFIELD -> new Decoded(new WireMessage.Bitfield(ByteString.of(rest(body))));
            case REQUEST -> ofRange(body, WireMessage.Request::new);
            case PIECE -> piece(body);
            case CANCEL -> ofRange(body, WireMessage.Cancel::new);
            case PORT -> new Decoded(new WireMessage.Port(body.getShort() & 0xffff));
            case SUGGEST_PIECE -> ofPiece(body, WireMessage.SuggestPiece::new);
            case HAVE_ALL -> new Decoded(new WireMessage.HaveAll());
            case HAVE_NONE -> new Decoded(new WireMessage.HaveNone());
            case REJECT_REQUEST -> ofRange(body, WireMessage.RejectRequest::new);
            case ALLOWED_FAST -> ofPiece(body, WireMessage.AllowedFast::new);
            case EXTENDED -> ExtensionDecoder.read(body.get() & 0xff, rest(body));
        };
    }

    private static Result ofPiece(ByteBuffer body, Function<Integer, WireMessage> message) {
        int pieceIndex = body.getInt();
        return pieceIndex < 0
                ? new Malformed("piece " + Integer.toUnsignedString(pieceIndex))
                : new Decoded(message.apply(pieceIndex));
    }

    private static Result ofRange(ByteBuffer body, Function<BlockRange, WireMessage> message) {
        int pieceIndex = body.getInt();
        int offset = body.getInt();
        int length = body.getInt();
        if (pieceIndex < 0 || offset < 0 || length <= 0 || length > MAX_BLOCK_BYTES) {
            return new Malformed(
                    "a block of piece %s, offset %s, length %s"
                            .formatted(
                                    Integer.toUnsignedString(pieceIndex),
                                    Integer.toUnsignedString(offset),
                                    Integer.toUnsignedString(length)));
        }
        return new Decoded(message.apply(new BlockRange(pieceIndex, offset, length)));
    }

    private static Result piece(ByteBuffer body) {
        int pieceIndex = body.getInt();
        int offset = body.getInt();
        if (pieceIndex < 0 || offset < 0) {
            return new Malformed(
                    "a block of piece %s, offset %s"
                            .formatted(
                                    Integer.toUnsignedString(pieceIndex),
                                    Integer.toUnsignedString(offset)));
        }
        return new Decoded(new WireMessage.Piece(pieceIndex, offset, body.slice()));
    }

    private static byte[] rest(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }
}
