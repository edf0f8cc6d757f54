package dev.starling.krpc;

import static dev.starling.bencode.BencodeReader.ABSENT;
import static dev.starling.bencode.BencodeReader.ROOT;

import dev.starling.bencode.Bencode.Limits;
import dev.starling.bencode.Bencode.Mode;
import dev.starling.bencode.BencodeReader;
import dev.starling.id.Id;
import java.nio.ByteBuffer;

/// A view of one datagram after another that is a ping, find_node, get_peers or announce_peer with
/// nothing unusual in it: what a node is asked a thousand times for each other message. Reads in
/// place and makes no objects but ids; for the hot path that `docs/decisions/answering.md` tells
/// of.
///
/// Whatever it does not recognise, rightly or not, is left to [KrpcCodec]: it never judges a
/// message. Confined to one thread.
public final class CommonQuery {

    /// How every query begins whose keys are in order, as BEP 3 demands.
    private static final byte[] BEGINNING = {
        'd', '1', ':', 'a', 'd', '2', ':', 'i', 'd', '2', '0', ':'
    };

    private static final int MAX_PORT = 0xffff;

    /// No datagram of these queries is half as long.
    private static final int MAX_BYTES = 512;

    /// What is asked.
    public enum Kind {
        PING,
        FIND_NODE,
        GET_PEERS,
        ANNOUNCE_PEER
    }

    private final BencodeReader bencode = new BencodeReader();
    private final byte[] bytes = new byte[MAX_BYTES];
    private Kind kind = Kind.PING;
    private int arguments;
    private int transaction;
    private int target;
    private int token;
    private int port;
    private boolean wantsV4;
    private boolean wantsV6;

    /// Reads the buffer's remaining bytes without moving its position; whether it is such a query.
    public boolean read(ByteBuffer datagram) {
        int length = datagram.remaining();
        if (length > MAX_BYTES || length <= BEGINNING.length + Id.LENGTH_BYTES) {
            return false;
        }
        datagram.get(datagram.position(), bytes, 0, length);
        for (int i = 0; i < BEGINNING.length; i++) {
            if (bytes[i] != BEGINNING[i]) {
                return false;
            }
        }
        return bytes[length - 1] == 'e'
                && bencode.read(bytes, 0, length, Limits.DATAGRAM, Mode.LENIENT)
                && hasFrame()
                && hasArguments();
    }

    private boolean hasFrame() {
        int type = bencode.find(ROOT, "y");
        transaction = bencode.find(ROOT, "t");
        arguments = bencode.find(ROOT, "a");
        int transactionBytes = bencode.stringLengthBytes(transaction);
        return bencode.isString(type, "q")
                && transactionBytes >= 0
                && transactionBytes <= KrpcCodec.MAX_TRANSACTION_BYTES
                && bencode.find(ROOT, "ro") == ABSENT;
    }

    private boolean hasArguments() {
        int method = bencode.find(ROOT, "q");
        if (bencode.isString(method, "find_node")) {
            kind = Kind.FIND_NODE;
            return hasTarget("target") && hasPlainWant();
        }
        if (bencode.isString(method, "get_peers")) {
            kind = Kind.GET_PEERS;
            return hasTarget("info_hash")
                    && hasPlainWant()
                    && bencode.find(arguments, "scrape") == ABSENT
                    && bencode.find(arguments, "noseed") == ABSENT;
        }
        if (bencode.isString(method, "ping")) {
            kind = Kind.PING;
            return true;
        }
        kind = Kind.ANNOUNCE_PEER;
        return bencode.isString(method, "announce_peer") && hasTarget("info_hash") && hasPort();
    }

    private boolean hasTarget(String key) {
        target = bencode.find(arguments, key);
        return bencode.stringLengthBytes(target) == Id.LENGTH_BYTES;
    }

    /// No `want`, or one that names families we know (BEP 32).
    private boolean hasPlainWant() {
        wantsV4 = false;
        wantsV6 = false;
        int list = bencode.find(arguments, "want");
        if (list == ABSENT) {
            return true;
        }
        int first = bencode.firstItem(list);
        int second = first == ABSENT ? ABSENT : bencode.nextItem(list, first);
        wantsV4 = bencode.isString(first, "n4") || bencode.isString(second, "n4");
        wantsV6 = bencode.isString(first, "n6") || bencode.isString(second, "n6");
        return (wantsV4 || wantsV6) && (second == ABSENT || (wantsV4 && wantsV6));
    }

    private boolean hasPort() {
        token = bencode.find(arguments, "token");
        long given = bencode.integer(bencode.find(arguments, "port"), 0);
        port = Math.clamp(given, 0, MAX_PORT + 1);
        return bencode.isString(token) && port > 0 && port <= MAX_PORT;
    }

    public Kind kind() {
        return kind;
    }

    /// The id of whoever asks.
    public Id sender() {
        return Id.of(bytes, BEGINNING.length);
    }

    /// Whether the asker calls itself `id`; makes no object to find out.
    public boolean isFrom(Id id) {
        return id.isAt(bytes, BEGINNING.length);
    }

    /// The target or the infohash.
    public Id target() {
        return Id.of(bytes, bencode.stringOffset(target));
    }

    /// Whether contacts of this family are wanted by whoever asked by the other or the same one.
    public boolean wants(boolean v4, boolean askedByV4) {
        boolean isUnspecified = !wantsV4 && !wantsV6;
        return isUnspecified ? v4 == askedByV4 : v4 ? wantsV4 : wantsV6;
    }

    /// Whether the token consists of the eight bytes of `word`, the lowest first.
    public boolean hasToken(long word) {
        if (bencode.stringLengthBytes(token) != Long.BYTES) {
            return false;
        }
        int at = bencode.stringOffset(token);
        long given = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            given = given << Byte.SIZE | (bytes[at + i] & 0xff);
        }
        return given == word;
    }

    /// The port to announce, unless it is implied; never 0.
    public int port() {
        return port;
    }

    public boolean isPortImplied() {
        return bencode.integer(bencode.find(arguments, "implied_port"), 0) != 0;
    }

    public boolean isSeed() {
        return bencode.integer(bencode.find(arguments, "seed"), 0) != 0;
    }

    int transactionBytes() {
        return bencode.stringLengthBytes(transaction);
    }

    void copyTransaction(byte[] to, int offset) {
        System.arraycopy(bytes, bencode.stringOffset(transaction), to, offset, transactionBytes());
    }
}
