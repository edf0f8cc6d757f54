package dev.starling.krpc;

import static dev.starling.bencode.BencodeReader.ABSENT;

import dev.starling.bencode.BencodeReader;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.List;

/// Reads ids, endpoints and contacts in their compact forms (BEP 5, "Contact Encoding"; BEP 32).
///
/// An IPv4 address in the clothes of IPv6 (`::ffff:a.b.c.d`) is skipped: such an endpoint belongs
/// to the other family, where whoever has it would have sent it.
final class CompactReader {

    static final int ENDPOINT_BYTES_V4 = 6;
    static final int ENDPOINT_BYTES_V6 = 18;
    static final int CONTACT_BYTES_V4 = Id.LENGTH_BYTES + ENDPOINT_BYTES_V4;
    static final int CONTACT_BYTES_V6 = Id.LENGTH_BYTES + ENDPOINT_BYTES_V6;

    private static final byte[] MAPPED_PREFIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private final BencodeReader bencode;
    private byte[] bytes = new byte[0];

    CompactReader(BencodeReader bencode) {
        this.bencode = bencode;
    }

    /// What is asked from now on is about this datagram.
    void begin(byte[] datagram) {
        bytes = datagram;
    }

    boolean isId(int token) {
        return bencode.stringLengthBytes(token) == Id.LENGTH_BYTES;
    }

    Id id(int token) {
        return Id.of(bytes, bencode.stringOffset(token));
    }

    Id idAt(int offset) {
        return Id.of(bytes, offset);
    }

    /// Whether a list of contacts is absent or whole.
    boolean isContacts(int token, int contactBytes) {
        return token == ABSENT
                || (bencode.isString(token)
                        && bencode.stringLengthBytes(token) % contactBytes == 0);
    }

    /// How many contacts both lists hold at most, of those that are taken.
    int contactCount(int nodes, int nodes6) {
        return taken(nodes, CONTACT_BYTES_V4) + taken(nodes6, CONTACT_BYTES_V6);
    }

    void addContacts(int token, int contactBytes, List<Contact> target) {
        int count = taken(token, contactBytes);
        int at = bencode.stringOffset(token);
        int endpointBytes = contactBytes - Id.LENGTH_BYTES;
        for (int i = 0; i < count; i++, at += contactBytes) {
            int endpointAt = at + Id.LENGTH_BYTES;
            if (endpointBytes == ENDPOINT_BYTES_V4 || !isMapped(endpointAt)) {
                var endpoint = Endpoint.ofCompact(bytes, endpointAt, endpointBytes);
                target.add(new Contact(Id.of(bytes, at), endpoint));
            }
        }
    }

    /// Whether this is a string of 6 or 18 bytes that holds an endpoint.
    boolean isEndpoint(int token) {
        int length = bencode.stringLengthBytes(token);
        return length == ENDPOINT_BYTES_V4
                || (length == ENDPOINT_BYTES_V6 && !isMapped(bencode.stringOffset(token)));
    }

    Endpoint endpoint(int token) {
        return Endpoint.ofCompact(
                bytes, bencode.stringOffset(token), bencode.stringLengthBytes(token));
    }

    private boolean isMapped(int at) {
        for (int i = 0; i < MAPPED_PREFIX.length; i++) {
            if (bytes[at + i] != MAPPED_PREFIX[i]) {
                return false;
            }
        }
        return true;
    }

    private int taken(int token, int contactBytes) {
        int length = Math.max(0, bencode.stringLengthBytes(token));
        return Math.min(KrpcCodec.MAX_CONTACTS, length / contactBytes);
    }
}
