package dev.starling.krpc;

import static dev.starling.bencode.BencodeReader.ROOT;

import dev.starling.bencode.Bencode.Limits;
import dev.starling.bencode.Bencode.Mode;
import dev.starling.bencode.BencodeReader;
import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.krpc.KrpcCodec.Decoded;
import dev.starling.krpc.KrpcCodec.Message;
import dev.starling.krpc.KrpcCodec.Undecodable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the envelope every datagram has (BEP 5, "KRPC Protocol"), answers and errors; queries are
/// left to [QueryReader].
final class KrpcReader {

    // The shortest message has an id in it; as libtorrent does.
    private static final int MIN_DATAGRAM_BYTES = 21;

    // Ours are shorter; a longer text is cut, for it is only logged.
    private static final int MAX_ERROR_TEXT_BYTES = 200;

    private final BencodeReader bencode = new BencodeReader();
    private final QueryReader queries = new QueryReader(bencode);
    private final CompactReader compact = new CompactReader(bencode);
    private final ExtraReader extras = new ExtraReader(bencode, compact);

    Decoded read(byte[] bytes, int offset, int lengthBytes) {
        if (lengthBytes < MIN_DATAGRAM_BYTES) {
            return silence("too short");
        }
        if (bytes[offset] != 'd' || bytes[offset + lengthBytes - 1] != 'e') {
            return silence("not a dictionary");
        }
        if (!bencode.read(bytes, offset, lengthBytes, Limits.DATAGRAM, Mode.LENIENT)) {
            return silence(bencode.malformed().reason());
        }
        compact.begin(bytes);
        int t = bencode.find(ROOT, "t");
        int transactionLength = bencode.stringLengthBytes(t);
        if (transactionLength < 0 || transactionLength > KrpcCodec.MAX_TRANSACTION_BYTES) {
            return silence("no usable transaction id");
        }
        return message(bytes, bencode.string(t));
    }

    private Decoded message(byte[] bytes, ByteString transaction) {
        int y = bencode.find(ROOT, "y");
        if (bencode.stringLengthBytes(y) != 1) {
            return silence("no message type");
        }
        return switch (bytes[bencode.stringOffset(y)]) {
            case 'q' -> queries.read(bytes, transaction, version());
            case 'r' -> response(transaction);
            case 'e' -> new Message(error(transaction));
            default -> silence("unknown message type");
        };
    }

    private Decoded response(ByteString transaction) {
        int r = bencode.find(ROOT, "r");
        int id = bencode.find(r, "id");
        if (!compact.isId(id)) {
            return silence("an answer without the id of its sender");
        }
        int nodes = bencode.find(r, "nodes");
        int nodes6 = bencode.find(r, "nodes6");
        if (!compact.isContacts(nodes, CompactReader.CONTACT_BYTES_V4)
                || !compact.isContacts(nodes6, CompactReader.CONTACT_BYTES_V6)) {
            return silence("contacts cut short");
        }
        var contacts = new ArrayList<Contact>(compact.contactCount(nodes, nodes6));
        compact.addContacts(nodes, CompactReader.CONTACT_BYTES_V4, contacts);
        compact.addContacts(nodes6, CompactReader.CONTACT_BYTES_V6, contacts);
        return new Message(
                new KrpcResponse(
                        transaction,
                        compact.id(id),
                        contacts,
                        values(bencode.find(r, "values")),
                        shortString(bencode.find(r, "token"), KrpcCodec.MAX_TOKEN_BYTES),
                        observed(),
                        version(),
                        extras.read(r)));
    }

    private List<Endpoint> values(int list) {
        int item = bencode.firstItem(list);
        if (item == BencodeReader.ABSENT) {
            return List.of();
        }
        var values = new ArrayList<Endpoint>();
        while (item != BencodeReader.ABSENT && values.size() < KrpcCodec.MAX_VALUES) {
            if (compact.isEndpoint(item)) {
                values.add(compact.endpoint(item));
            }
            item = bencode.nextItem(list, item);
        }
        return values;
    }

    /// An error ends its transaction however malformed its `e` is; what is missing is generic.
    private KrpcError error(ByteString transaction) {
        int e = bencode.find(ROOT, "e");
        int first = bencode.firstItem(e);
        int second =
                first == BencodeReader.ABSENT ? BencodeReader.ABSENT : bencode.nextItem(e, first);
        long code = bencode.integer(first, KrpcError.GENERIC);
        var text = bencode.string(second);
        if (text.lengthBytes() > MAX_ERROR_TEXT_BYTES) {
            text = ByteString.of(text.toBytes(), 0, MAX_ERROR_TEXT_BYTES);
        }
        return new KrpcError(
                transaction,
                code == (int) code ? (int) code : KrpcError.GENERIC,
                text.text(),
                observed());
    }

    private Optional<Endpoint> observed() {
        int ip = bencode.find(ROOT, "ip");
        return compact.isEndpoint(ip) ? Optional.of(compact.endpoint(ip)) : Optional.empty();
    }

    private ByteString version() {
        return shortString(bencode.find(ROOT, "v"), KrpcCodec.MAX_VERSION_BYTES);
    }

    private ByteString shortString(int token, int maxBytes) {
        return bencode.stringLengthBytes(token) <= maxBytes
                ? bencode.string(token)
                : ByteString.EMPTY;
    }

    private static Undecodable silence(String reason) {
        return new Undecodable(reason, Optional.empty());
    }
}
