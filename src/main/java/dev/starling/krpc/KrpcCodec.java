package dev.starling.krpc;

import dev.starling.bencode.Bencode.Limits;
import dev.starling.bencode.ByteString;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Reads and writes KRPC datagrams. Stateless but for reusable buffers; confined to one thread.
///
/// What cannot be read ends in [Undecodable]; nothing a remote sends throws.
public final class KrpcCodec {

    /// Our `v`: a client code no one else has registered (BEP 20) and two bytes of version.
    public static final ByteString VERSION = ByteString.of(new byte[] {'S', 'L', 0, 1});

    /// Longer transaction ids are refused: nobody uses more than 20 bytes, and we echo them.
    public static final int MAX_TRANSACTION_BYTES = 32;

    /// Longer tokens are refused: nobody uses more than 20 bytes, and we keep and return them.
    public static final int MAX_TOKEN_BYTES = 100;

    /// Longer versions count as absent; BEP 5 gives them four bytes.
    public static final int MAX_VERSION_BYTES = 16;

    /// Further peers of one answer are ignored; a datagram of 1,500 bytes has room for 170.
    public static final int MAX_VALUES = 200;

    /// Further contacts of one family in one answer are ignored; BEP 5 asks for eight.
    public static final int MAX_CONTACTS = 64;

    /// What a datagram turned out to be.
    public sealed interface Decoded {}

    public record Message(KrpcMessage message) implements Decoded {}

    /// Not a KRPC message. Where `reply` is present the sender deserves this error; otherwise
    /// silence.
    public record Undecodable(String reason, Optional<KrpcError> reply) implements Decoded {}

    private final KrpcReader reader = new KrpcReader();
    private final KrpcWriter writer = new KrpcWriter();
    private byte[] scratch = new byte[0]; // a direct datagram's bytes; not used for others
    private ByteBuffer view = ByteBuffer.allocate(0);

    /// Reads the buffer's remaining bytes without moving its position. Whatever the message keeps
    /// is copied.
    public Decoded decode(ByteBuffer datagram) {
        int length = datagram.remaining();
        if (datagram.hasArray()) {
            int offset = datagram.arrayOffset() + datagram.position();
            return reader.read(datagram.array(), offset, length);
        }
        if (length > Limits.DATAGRAM.maxLengthBytes()) {
            return new Undecodable("longer than a datagram", Optional.empty());
        }
        if (scratch.length < length) {
            scratch = new byte[Math.max(length, 2 * scratch.length)];
        }
        datagram.get(datagram.position(), scratch, 0, length);
        return reader.read(scratch, 0, length);
    }

    /// The datagram, in a view of the codec's own buffer that the next call overwrites. Absent
    /// parts and empty versions are not written.
    public ByteBuffer encode(KrpcMessage message) {
        writer.write(message);
        if (view.capacity() != writer.array().length) { // the array only changes by growing
            view = ByteBuffer.wrap(writer.array());
        }
        return view.clear().limit(writer.lengthBytes());
    }
}
