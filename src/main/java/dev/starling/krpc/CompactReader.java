package dev.starling.krpc;

import static dev.starling.bencode.BencodeReader.ABSENT;

import dev.starling.bencode.BencodeReader;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.List;
import java.util.Optional;

/// Reads ids, endpoints and contacts in their compact forms (BEP 5, "Contact Encoding"; BEP 32).
///
/// An IPv4 address in the clothes of IPv6 (`::ffff:a.b.c.d`) is skipped: such an endpoint belongs
/// to the other family, where whoever has it would have sent it.
final class CompactReader {

    static final int ENDPOINT_BYTES_V4 = 6;
    static final int ENDPOINT_BYTES_V6 = 18;
    static final int CONTACT_BYTES_V4 = Id.LENGTH_BYTES + ENDPOINT_BYTES_V4;
    static final int CONTACT_BYTES_V6 = Id.LENGTH_BYTES + ENDPOINT_BYTES_V6;

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
            var endpoint = Endpoint.ofCompact(bytes, at + Id.LENGTH_BYTES, endpointBytes);
            if (endpoint.compactLengthBytes() == endpointBytes) {
                target.add(new Contact(Id.of(bytes, at), endpoint));
            }
        }
    }

    /// The endpoint of a string of 6 or 18 bytes; empty for anything else.
    Optional<Endpoint> endpoint(int token) {
        int length = bencode.stringLengthBytes(token);
        if (length != ENDPOINT_BYTES_V4 && length != ENDPOINT_BYTES_V6) {
            return Optional.empty();
        }
        var endpoint = Endpoint.ofCompact(bytes, bencode.stringOffset(token), length);
        return endpoint.compactLengthBytes() == length ? Optional.of(endpoint) : Optional.empty();
    }

    private int taken(int token, int contactBytes) {
        int length = Math.max(0, bencode.stringLengthBytes(token));
        return Math.min(KrpcCodec.MAX_CONTACTS, length / contactBytes);
    }
}
