package dev.starling.krpc;

import static dev.starling.bencode.BencodeReader.ABSENT;

import dev.starling.bencode.BencodeReader;
import dev.starling.bencode.ByteString;
import dev.starling.item.Item;
import dev.starling.item.PublicKey;
import dev.starling.krpc.KrpcCodec.Decoded;
import dev.starling.krpc.KrpcCodec.Message;
import dev.starling.krpc.KrpcQuery.Header;
import java.util.OptionalLong;

/// Reads the arguments of `put` (BEP 44).
///
/// Who sends any of `k`, `sig` and `seq` means a mutable item and must send all three: stored as an
/// immutable one it would hide what the sender wanted to change.
final class PutReader {

    /// A signature of Ed25519.
    private static final int SIGNATURE_BYTES = 64;

    private final BencodeReader bencode;

    PutReader(BencodeReader bencode) {
        this.bencode = bencode;
    }

    Decoded read(int arguments, Header header) {
        int token = bencode.find(arguments, "token");
        if (!bencode.isString(token)
                || bencode.stringLengthBytes(token) > KrpcCodec.MAX_TOKEN_BYTES) {
            return refuse(header, "missing or invalid token");
        }
        int v = bencode.find(arguments, "v");
        if (v == ABSENT) {
            return refuse(header, "missing v");
        }
        if (bencode.encodedLengthBytes(v) > Item.MAX_VALUE_BYTES) {
            return QueryReader.refuse(
                    header.transaction(), KrpcError.VALUE_TOO_BIG, "v is over 1000 bytes");
        }
        var value = bencode.encoded(v);
        if (!Item.isProper(value)) {
            return refuse(header, "v is not bencoded as it should be");
        }
        boolean isMutable =
                bencode.find(arguments, "k") != ABSENT
                        || bencode.find(arguments, "sig") != ABSENT
                        || bencode.find(arguments, "seq") != ABSENT;
        return isMutable
                ? mutable(arguments, header, value)
                : put(header, arguments, OptionalLong.empty(), new Item.Immutable(value));
    }

    private Decoded mutable(int arguments, Header header, ByteString value) {
        int k = bencode.find(arguments, "k");
        int sig = bencode.find(arguments, "sig");
        if (bencode.stringLengthBytes(k) != PublicKey.LENGTH_BYTES
                || bencode.stringLengthBytes(sig) != SIGNATURE_BYTES) {
            return refuse(header, "missing or invalid k or sig");
        }
        int seq = bencode.find(arguments, "seq");
        if (!bencode.isInteger(seq) || bencode.integer(seq, -1) < 0) {
            return refuse(header, "missing or negative seq");
        }
        int salt = bencode.find(arguments, "salt");
        if (salt != ABSENT && !bencode.isString(salt)) {
            return refuse(header, "invalid salt");
        }
        if (bencode.stringLengthBytes(salt) > Item.MAX_SALT_BYTES) {
            return QueryReader.refuse(
                    header.transaction(), KrpcError.SALT_TOO_BIG, "salt is over 64 bytes");
        }
        int cas = bencode.find(arguments, "cas");
        if (cas != ABSENT && !bencode.isInteger(cas)) {
            return refuse(header, "invalid cas");
        }
        var expected =
                cas == ABSENT ? OptionalLong.empty() : OptionalLong.of(bencode.integer(cas, 0));
        var item =
                new Item.Mutable(
                        new PublicKey(bencode.string(k)),
                        bencode.string(salt),
                        bencode.integer(seq, 0),
                        value,
                        bencode.string(sig));
        return put(header, arguments, expected, item);
    }

    private Decoded put(Header header, int arguments, OptionalLong cas, Item item) {
        var token = bencode.string(bencode.find(arguments, "token"));
        return new Message(new KrpcQuery.Put(header, token, cas, item));
    }

    private static Decoded refuse(Header header, String reason) {
        return QueryReader.refuse(header.transaction(), reason);
    }
}
