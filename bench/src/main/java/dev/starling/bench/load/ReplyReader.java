package dev.starling.bench.load;

import dev.starling.bencode.Bencode;
import dev.starling.bencode.BencodeReader;
import dev.starling.id.Endpoint;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/// Reads what the target sends and judges whether it is what was asked for.
final class ReplyReader {

    private static final int ID_BYTES = 20;
    private static final int CONTACT_BYTES = 26;
    private static final int CONTACT6_BYTES = 38;
    private static final int PEER_BYTES = 6;

    /// No datagram that nodes are known to send has more values.
    private static final Bencode.Limits LIMITS = new Bencode.Limits(8, 2_000, 4_096);

    private final BencodeReader reader = new BencodeReader();
    private byte[] datagram = {};
    private int body;

    /// What a datagram is.
    enum Form {
        QUERY,
        RESPONSE,
        ERROR,
        NONSENSE
    }

    Form read(byte[] bytes, int length) {
        datagram = bytes;
        if (!reader.read(bytes, 0, length, LIMITS, Bencode.Mode.LENIENT)) {
            return Form.NONSENSE;
        }
        int form = reader.find(BencodeReader.ROOT, "y");
        body = reader.find(BencodeReader.ROOT, "r");
        if (reader.isString(form, "r")) {
            return Form.RESPONSE;
        }
        return reader.isString(form, "q")
                ? Form.QUERY
                : reader.isString(form, "e") ? Form.ERROR : Form.NONSENSE;
    }

    int transactionOffset() {
        return Math.max(0, reader.stringOffset(transactionToken()));
    }

    int transactionBytes() {
        return Math.max(0, reader.stringLengthBytes(transactionToken()));
    }

    /// The transaction as we made it, or -1.
    int transaction() {
        if (transactionBytes() != Integer.BYTES) {
            return -1;
        }
        int at = transactionOffset();
        return (datagram[at] & 0xff) << 24
                | (datagram[at + 1] & 0xff) << 16
                | (datagram[at + 2] & 0xff) << 8
                | (datagram[at + 3] & 0xff);
    }

    /// Whether the response holds what a query of this kind asks for (BEP 5).
    boolean isAnswerTo(LoadMix.Kind kind) {
        if (reader.stringLengthBytes(reader.find(body, "id")) != ID_BYTES) {
            return false;
        }
        return switch (kind) {
            case PING, ANNOUNCE_PEER -> true;
            case FIND_NODE -> hasNodes();
            case GET_PEERS -> token() != BencodeReader.ABSENT && (hasNodes() || hasValues());
            case GET_HOT_PEERS -> token() != BencodeReader.ABSENT && hasValues();
        };
    }

    private boolean hasNodes() {
        int nodes = reader.stringLengthBytes(reader.find(body, "nodes"));
        int nodes6 = reader.stringLengthBytes(reader.find(body, "nodes6"));
        return (nodes > 0 && nodes % CONTACT_BYTES == 0)
                || (nodes6 > 0 && nodes6 % CONTACT6_BYTES == 0);
    }

    private boolean hasValues() {
        return reader.firstItem(reader.find(body, "values")) != BencodeReader.ABSENT;
    }

    /// The token to announce with; empty when there is none that could be sent back.
    byte[] tokenBytes() {
        int at = reader.stringOffset(token());
        int length = reader.stringLengthBytes(token());
        return length <= 0 || length > LoadNode.MAX_TOKEN_BYTES
                ? new byte[0]
                : Arrays.copyOfRange(datagram, at, at + length);
    }

    /// The peers by IPv4 that an answer names.
    Set<Endpoint> peers() {
        var peers = new LinkedHashSet<Endpoint>();
        int values = reader.find(body, "values");
        int value = reader.firstItem(values);
        while (value != BencodeReader.ABSENT) {
            if (reader.stringLengthBytes(value) == PEER_BYTES) {
                peers.add(Endpoint.ofCompact(datagram, reader.stringOffset(value), PEER_BYTES));
            }
            value = reader.nextItem(values, value);
        }
        return peers;
    }

    private int token() {
        return reader.find(body, "token");
    }

    private int transactionToken() {
        return reader.find(BencodeReader.ROOT, "t");
    }
}
