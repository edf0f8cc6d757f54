package dev.starling.crawler.fetch;

import dev.starling.wire.WireDecoder;
import dev.starling.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts what a peer sends into extension messages and passes over all others without keeping a
/// byte: a bitfield may have 256 KiB, and we are not interested. Holds as much of one message as
/// has come. Confined to its attempt.
final class ExtensionStream {

    private static final int PREFIX_BYTES = 4;
    private static final int HEADER_BYTES = PREFIX_BYTES + 1;
    private static final int EXTENDED = 20;
    private static final int FIRST_CAPACITY = 256;

    /// What came of reading on.
    sealed interface Next {}

    record Message(WireMessage message) implements Next {}

    record More() implements Next {}

    record Broken(String reason) implements Next {}

    private static final Next MORE = new More();

    private final WireDecoder decoder = new WireDecoder();
    private byte @Nullable [] kept;
    private int keptBytes;
    private int skipBytes;

    /// The next message in the buffer's remaining bytes; moves its position.
    Next next(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (skipBytes > 0) {
                int skipped = Math.min(skipBytes, in.remaining());
                in.position(in.position() + skipped);
                skipBytes -= skipped;
                continue;
            }
            take(in, HEADER_BYTES);
            if (keptBytes < PREFIX_BYTES) {
                return MORE;
            }
            int length = ByteBuffer.wrap(kept()).getInt();
            if (length == 0) {
                retreat(in); // keep-alive: the fifth byte is the next message's
                continue;
            }
            if (keptBytes < HEADER_BYTES) {
                return MORE;
            }
            boolean isExtended = kept()[PREFIX_BYTES] == EXTENDED;
            if (length < 0
                    || length
                            > (isExtended
                                    ? WireDecoder.MAX_EXTENDED_BYTES
                                    : WireDecoder.MAX_MESSAGE_BYTES)) {
                return new Broken("a message of " + Integer.toUnsignedString(length) + " bytes");
            }
            if (!isExtended) {
                keptBytes = 0;
                skipBytes = length - 1;
                continue;
            }
            take(in, PREFIX_BYTES + length);
            return keptBytes < PREFIX_BYTES + length ? MORE : decode();
        }
        return MORE;
    }

    private Next decode() {
        var whole = ByteBuffer.wrap(kept(), 0, keptBytes);
        keptBytes = 0;
        return switch (decoder.next(whole)) {
            case WireDecoder.Decoded(var message) -> new Message(message);
            case WireDecoder.Incomplete _ -> new Broken("a message shorter than it says");
            case WireDecoder.Malformed(var reason) -> new Broken(reason);
        };
    }

    private void retreat(ByteBuffer in) {
        in.position(in.position() - (keptBytes - PREFIX_BYTES));
        keptBytes = 0;
    }

    /// Keeps bytes until there are so many.
    private void take(ByteBuffer in, int wanted) {
        int bytes = Math.min(wanted - keptBytes, in.remaining());
        if (bytes > 0) {
            byte[] buffer = kept();
            if (buffer.length < keptBytes + bytes) {
                buffer = Arrays.copyOf(buffer, Math.max(keptBytes + bytes, 2 * buffer.length));
                kept = buffer;
            }
            in.get(buffer, keptBytes, bytes);
            keptBytes += bytes;
        }
    }

    private byte[] kept() {
        var buffer = kept;
        if (buffer == null) {
            buffer = new byte[FIRST_CAPACITY];
            kept = buffer;
        }
        return buffer;
    }
}
