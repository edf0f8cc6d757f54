package dev.starling.krpc;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes the answer to a [CommonQuery], byte for byte what [KrpcCodec] would make of the same
/// [KrpcResponse], without one. Parts are given in the order of the wire: [#begin], contacts of
/// either family, token, peers, [#end]. Confined to one thread.
public final class CommonAnswer {

    /// More than the longest answer, of 1,400 bytes.
    private static final int CAPACITY_BYTES = 2_048;

    private static final byte[] IP = ascii("d2:ip");
    private static final byte[] RESPONSE = ascii("1:rd2:id20:");
    private static final byte[] NODES = ascii("5:nodes");
    private static final byte[] NODES6 = ascii("6:nodes6");
    private static final byte[] TOKEN = ascii("5:token8:");
    private static final byte[] VALUES = ascii("6:valuesl");
    private static final byte[] VALUE_V4 = ascii("6:");
    private static final byte[] TRANSACTION = ascii("e1:t");
    private static final byte[] VERSION = ascii("1:v4:");
    private static final byte[] RESPONSE_TYPE = ascii("1:y1:re");

    private final byte[] bytes = new byte[CAPACITY_BYTES];
    private final ByteBuffer view = ByteBuffer.wrap(bytes);
    private int length;
    private boolean hasValues;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Begins an answer.
    ///
    /// @param observed where we saw the asker
    public void begin(Endpoint observed, Id self) {
        length = 0;
        hasValues = false;
        put(IP);
        putLength(observed.compactLengthBytes());
        observed.copyCompactTo(bytes, length);
        length += observed.compactLengthBytes();
        put(RESPONSE);
        self.copyTo(bytes, length);
        length += Id.LENGTH_BYTES;
    }

    /// Announces so many contacts of one family, which must follow.
    public void contacts(int count, boolean v4) {
        if (count > 0) {
            put(v4 ? NODES : NODES6);
            putLength(
                    count * (v4 ? CompactReader.CONTACT_BYTES_V4 : CompactReader.CONTACT_BYTES_V6));
        }
    }

    public void contact(Contact contact) {
        contact.id().copyTo(bytes, length);
        contact.endpoint().copyCompactTo(bytes, length + Id.LENGTH_BYTES);
        length += Id.LENGTH_BYTES + contact.endpoint().compactLengthBytes();
    }

    /// A token of the eight bytes of `word`, the lowest first.
    public void token(long word) {
        put(TOKEN);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[length++] = (byte) (word >>> (Byte.SIZE * i));
        }
    }

    /// A peer by IPv4.
    public void value(int address, int port) {
        if (!hasValues) {
            hasValues = true;
            put(VALUES);
        }
        put(VALUE_V4);
        bytes[length++] = (byte) (address >>> 24);
        bytes[length++] = (byte) (address >>> 16);
        bytes[length++] = (byte) (address >>> 8);
        bytes[length++] = (byte) address;
        bytes[length++] = (byte) (port >>> 8);
        bytes[length++] = (byte) port;
    }

    /// The whole answer, in a view of our own buffer that the next one overwrites.
    public ByteBuffer end(CommonQuery query) {
        if (hasValues) {
            bytes[length++] = 'e';
        }
        put(TRANSACTION);
        putLength(query.transactionBytes());
        query.copyTransaction(bytes, length);
        length += query.transactionBytes();
        put(VERSION);
        KrpcCodec.VERSION.copyTo(bytes, length);
        length += KrpcCodec.VERSION.lengthBytes();
        put(RESPONSE_TYPE);
        return view.clear().limit(length);
    }

    private void put(byte[] part) {
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }

    /// The length of a string, below 1,000, and what follows it.
    private void putLength(int count) {
        if (count >= 100) {
            bytes[length++] = (byte) ('0' + count / 100);
        }
        if (count >= 10) {
            bytes[length++] = (byte) ('0' + count / 10 % 10);
        }
        bytes[length++] = (byte) ('0' + count % 10);
        bytes[length++] = ':';
    }
}
