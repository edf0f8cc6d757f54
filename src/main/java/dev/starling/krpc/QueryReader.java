package dev.starling.krpc;

import static dev.starling.bencode.BencodeReader.ABSENT;
import static dev.starling.bencode.BencodeReader.ROOT;

import dev.starling.bencode.BencodeReader;
import dev.starling.bencode.ByteString;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcCodec.Decoded;
import dev.starling.krpc.KrpcCodec.Message;
import dev.starling.krpc.KrpcCodec.Undecodable;
import dev.starling.krpc.KrpcQuery.Header;
import dev.starling.krpc.KrpcQuery.Want;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the arguments of queries (BEP 5, "DHT Queries"). What is missing or out of range is
/// refused with error 203, since the asker can read an answer.
final class QueryReader {

    private static final int MAX_PORT = 0xffff;

    // BEP 32 knows two; whoever sends more gains nothing by our reading on.
    private static final int MAX_WANTS = 8;

    private final BencodeReader bencode;
    private final CompactReader compact;
    private final PutReader puts;

    QueryReader(BencodeReader bencode) {
        this.bencode = bencode;
        this.puts = new PutReader(bencode);
        this.compact = new CompactReader(bencode);
    }

    Decoded read(byte[] bytes, ByteString transaction, ByteString version) {
        compact.begin(bytes);
        int method = bencode.find(ROOT, "q");
        if (!bencode.isString(method)) {
            return refuse(transaction, "missing method");
        }
        int arguments = bencode.find(ROOT, "a");
        int sender = bencode.find(arguments, "id");
        if (!compact.isId(sender)) {
            return refuse(transaction, "missing or invalid id");
        }
        boolean readOnly = isSet(ROOT, "ro");
        var header = new Header(transaction, compact.id(sender), readOnly, version);
        return query(method, arguments, header);
    }

    private Decoded query(int method, int arguments, Header header) {
        if (bencode.isString(method, "get_peers")) {
            return getPeers(arguments, header);
        }
        if (bencode.isString(method, "find_node")) {
            return findNode(arguments, header);
        }
        if (bencode.isString(method, "ping")) {
            return new Message(new KrpcQuery.Ping(header));
        }
        if (bencode.isString(method, "announce_peer")) {
            return announcePeer(arguments, header);
        }
        if (bencode.isString(method, "get")) {
            return get(arguments, header);
        }
        if (bencode.isString(method, "put")) {
            return puts.read(arguments, header);
        }
        if (bencode.isString(method, "sample_infohashes")) {
            return sampleInfohashes(arguments, header);
        }
        return new Message(
                new KrpcQuery.Unknown(
                        header, bencode.string(method), anyTarget(arguments), want(arguments)));
    }

    private Decoded findNode(int arguments, Header header) {
        int target = bencode.find(arguments, "target");
        if (!compact.isId(target)) {
            return refuse(header.transaction(), "missing or invalid target");
        }
        return new Message(new KrpcQuery.FindNode(header, compact.id(target), want(arguments)));
    }

    private Decoded getPeers(int arguments, Header header) {
        int infoHash = bencode.find(arguments, "info_hash");
        if (!compact.isId(infoHash)) {
            return refuse(header.transaction(), "missing or invalid info_hash");
        }
        return new Message(
                new KrpcQuery.GetPeers(
                        header,
                        compact.id(infoHash),
                        want(arguments),
                        isSet(arguments, "noseed"),
                        isSet(arguments, "scrape")));
    }

    private Decoded announcePeer(int arguments, Header header) {
        int infoHash = bencode.find(arguments, "info_hash");
        if (!compact.isId(infoHash)) {
            return refuse(header.transaction(), "missing or invalid info_hash");
        }
        int token = bencode.find(arguments, "token");
        if (!bencode.isString(token)
                || bencode.stringLengthBytes(token) > KrpcCodec.MAX_TOKEN_BYTES) {
            return refuse(header.transaction(), "missing or invalid token");
        }
        boolean impliedPort = isSet(arguments, "implied_port");
        long port = bencode.integer(bencode.find(arguments, "port"), 0);
        boolean usable = port > 0 && port <= MAX_PORT;
        if (!usable && !impliedPort) {
            return refuse(header.transaction(), "missing or invalid port");
        }
        return new Message(
                new KrpcQuery.AnnouncePeer(
                        header,
                        compact.id(infoHash),
                        usable ? (int) port : 0,
                        impliedPort,
                        bencode.string(token),
                        isSet(arguments, "seed")));
    }

    private Decoded get(int arguments, Header header) {
        int target = bencode.find(arguments, "target");
        if (!compact.isId(target)) {
            return refuse(header.transaction(), "missing or invalid target");
        }
        int seq = bencode.find(arguments, "seq");
        var newerThan =
                bencode.isInteger(seq)
                        ? OptionalLong.of(bencode.integer(seq, 0))
                        : OptionalLong.empty();
        return new Message(
                new KrpcQuery.Get(header, compact.id(target), newerThan, want(arguments)));
    }

    private Decoded sampleInfohashes(int arguments, Header header) {
        int target = bencode.find(arguments, "target");
        if (!compact.isId(target)) {
            return refuse(header.transaction(), "missing or invalid target");
        }
        return new Message(
                new KrpcQuery.SampleInfohashes(header, compact.id(target), want(arguments)));
    }

    private Optional<Id> anyTarget(int arguments) {
        int target = bencode.find(arguments, "target");
        if (!compact.isId(target)) {
            target = bencode.find(arguments, "info_hash");
        }
        return compact.isId(target) ? Optional.of(compact.id(target)) : Optional.empty();
    }

    private Want want(int arguments) {
        int list = bencode.find(arguments, "want");
        boolean v4 = false;
        boolean v6 = false;
        int item = bencode.firstItem(list);
        for (int i = 0; i < MAX_WANTS && item != ABSENT; i++) {
            v4 |= bencode.isString(item, "n4");
            v6 |= bencode.isString(item, "n6");
            item = bencode.nextItem(list, item);
        }
        return v4 || v6 ? new Want(v4, v6) : Want.UNSPECIFIED;
    }

    private boolean isSet(int dictionary, String flag) {
        return bencode.integer(bencode.find(dictionary, flag), 0) != 0;
    }

    static Undecodable refuse(ByteString transaction, String reason) {
        return refuse(transaction, KrpcError.PROTOCOL, reason);
    }

    static Undecodable refuse(ByteString transaction, int code, String reason) {
        var error = new KrpcError(transaction, code, reason, Optional.empty());
        return new Undecodable(reason, Optional.of(error));
    }
}
