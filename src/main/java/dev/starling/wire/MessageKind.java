package dev.starling.wire;

import dev.starling.metainfo.InfoReader;
import java.util.Optional;

/// The kinds of message with their number on the wire and how long each may be, its number
/// included.
enum MessageKind {
    CHOKE(0, 1, 1),
    UNCHOKE(1, 1, 1),
    INTERESTED(2, 1, 1),
    NOT_INTERESTED(3, 1, 1),
    HAVE(4, 5, 5),
    BITFIELD(5, 1, 1 + InfoReader.MAX_PIECES / 8),
    REQUEST(6, 13, 13),
    PIECE(7, 10, 9 + WireDecoder.MAX_BLOCK_BYTES),
    CANCEL(8, 13, 13),
    PORT(9, 3, 3),
    SUGGEST_PIECE(13, 5, 5),
    HAVE_ALL(14, 1, 1),
    HAVE_NONE(15, 1, 1),
    REJECT_REQUEST(16, 13, 13),
    ALLOWED_FAST(17, 5, 5),
    EXTENDED(20, 2, WireDecoder.MAX_EXTENDED_BYTES);

    private static final MessageKind[] BY_NUMBER = new MessageKind[EXTENDED.number + 1];

    static {
        for (MessageKind kind : values()) {
            BY_NUMBER[kind.number] = kind;
        }
    }

    final int number;
    final int minLengthBytes;
    final int maxLengthBytes;

    MessageKind(int number, int minLengthBytes, int maxLengthBytes) {
        this.number = number;
        this.minLengthBytes = minLengthBytes;
        this.maxLengthBytes = maxLengthBytes;
    }

    /// The kind with this number; empty for one we do not know.
    static Optional<MessageKind> of(int number) {
        return number < BY_NUMBER.length
                ? Optional.ofNullable(BY_NUMBER[number])
                : Optional.empty();
    }
}
