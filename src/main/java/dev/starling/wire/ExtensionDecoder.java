package dev.starling.wire;

import dev.starling.bencode.Bencode;
import dev.starling.bencode.BencodeValue;
import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.metainfo.InfoReader;
import dev.starling.metainfo.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// Reads the messages of the extension protocol (BEP 10): its handshake, metadata (BEP 9) and peer
/// exchange (BEP 11), under the numbers that we announced.
final class ExtensionDecoder {

    /// Peers taken from one list of a PEX message. BEP 11 allows 50 but in the first message; what
    /// goes beyond this many is left out, for one peer should not supply all candidates.
    static final int MAX_EXCHANGED_PEERS = 200;

    /// A client's name is cut here; real ones have up to 40 characters.
    static final int MAX_CLIENT_CHARS = 64;

    /// More outstanding requests than this nobody means; libtorrent lets 2,000 wait.
    private static final int MAX_QUEUED_REQUESTS = 0xffff;

    private static final int MAX_METADATA_BLOCKS =
            InfoReader.MAX_INFO_BYTES / WireMessage.MetadataData.BLOCK_BYTES;

    private static final int COMPACT_V4_BYTES = 6;
    private static final int COMPACT_V6_BYTES = 18;

    private ExtensionDecoder() {}

    /// Reads what follows the extension's number in a message.
    static WireDecoder.Result read(int number, byte[] payload) {
        boolean isKnown =
                number == WireEncoder.EXTENSION_HANDSHAKE_NUMBER
                        || number == WireEncoder.METADATA_NUMBER
                        || number == WireEncoder.PEX_NUMBER;
        if (!isKnown) {
            return new WireDecoder.Decoded(new WireMessage.Unknown(MessageKind.EXTENDED.number));
        }
        var read = Bencode.read(payload, Bencode.Limits.EXTENSION, Bencode.Mode.LENIENT);
        return switch (read) {
            case Bencode.Malformed(var reason, var offset) ->
                    malformed(number, reason + " at byte " + offset);
            case Bencode.Parsed(var value, _) when value.kind() != BencodeValue.Kind.DICTIONARY ->
                    malformed(number, "not a dictionary");
            case Bencode.Parsed(var value, var length) ->
                    number == WireEncoder.METADATA_NUMBER
                            ? metadata(value, payload, length)
                            : new WireDecoder.Decoded(
                                    number == WireEncoder.PEX_NUMBER
                                            ? peerExchange(value)
                                            : handshake(value));
        };
    }

    private static WireMessage handshake(BencodeValue value) {
        var numbers = value.find("m");
        return new WireMessage.ExtensionHandshake(
                numbers.map(m -> bounded(m.integer(WireEncoder.METADATA_NAME), 0, 0xff))
                        .orElse(OptionalInt.empty()),
                numbers.map(m -> bounded(m.integer(WireEncoder.PEX_NAME), 0, 0xff))
                        .orElse(OptionalInt.empty()),
                bounded(value.integer("reqq"), 1, MAX_QUEUED_REQUESTS),
                bounded(value.integer("metadata_size"), 1, InfoReader.MAX_INFO_BYTES),
                bounded(value.integer("p"), 1, 0xffff),
                value.integer("upload_only").orElse(0) != 0,
                value.text("v").map(ExtensionDecoder::shown).orElse(""));
    }

    /// The number, or nothing where it makes no sense.
    private static OptionalInt bounded(OptionalLong number, int min, int max) {
        return number.isPresent() && number.getAsLong() >= min && number.getAsLong() <= max
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    private static String shown(String client) {
        String safe = SafeText.of(client);
        int chars = safe.codePointCount(0, safe.length());
        return safe.substring(0, safe.offsetByCodePoints(0, Math.min(chars, MAX_CLIENT_CHARS)));
    }

    private static WireDecoder.Result metadata(
            BencodeValue value, byte[] payload, int dictionaryBytes) {
        var type = value.integer("msg_type");
        var block = bounded(value.integer("piece"), 0, MAX_METADATA_BLOCKS - 1);
        if (type.isEmpty() || block.isEmpty()) {
            return malformed(WireEncoder.METADATA_NUMBER, "no msg_type, or no sensible piece");
        }
        long typeNumber = type.getAsLong();
        if (typeNumber == WireEncoder.METADATA_DATA) {
            var total = bounded(value.integer("total_size"), 1, InfoReader.MAX_INFO_BYTES);
            var data = ByteString.of(payload, dictionaryBytes, payload.length - dictionaryBytes);
            return metadataData(block.getAsInt(), total, data);
        }
        WireMessage message =
                typeNumber == WireEncoder.METADATA_REQUEST
                        ? new WireMessage.MetadataRequest(block.getAsInt())
                        : typeNumber == WireEncoder.METADATA_REJECT
                                ? new WireMessage.MetadataReject(block.getAsInt())
                                : new WireMessage.Unknown(MessageKind.EXTENDED.number);
        return new WireDecoder.Decoded(message);
    }

    private static WireDecoder.Result metadataData(int block, OptionalInt total, ByteString data) {
        if (total.isEmpty()) {
            return malformed(WireEncoder.METADATA_NUMBER, "no sensible total_size");
        }
        int expected =
                Math.min(
                        WireMessage.MetadataData.BLOCK_BYTES,
                        total.getAsInt() - block * WireMessage.MetadataData.BLOCK_BYTES);
        if (data.lengthBytes() != expected) {
            return malformed(
                    WireEncoder.METADATA_NUMBER,
                    "block %d of %d bytes holds %d bytes, expected %d"
                            .formatted(block, total.getAsInt(), data.lengthBytes(), expected));
        }
        return new WireDecoder.Decoded(new WireMessage.MetadataData(block, total.getAsInt(), data));
    }

    private static WireMessage peerExchange(BencodeValue value) {
        var seeds = new LinkedHashSet<Endpoint>();
        var added = endpoints(value, "added", seeds);
        return new WireMessage.PeerExchange(
                added, endpoints(value, "dropped", new LinkedHashSet<>()), seeds);
    }

    /// The endpoints of both families; those flagged as seeds are noted in `seeds` too.
    private static List<Endpoint> endpoints(BencodeValue value, String name, Set<Endpoint> seeds) {
        var endpoints = new ArrayList<Endpoint>();
        for (var list : List.of(name, name + "6")) {
            var flags = value.bytes(list + ".f").orElse(ByteString.EMPTY).toBytes();
            int entryBytes = list.equals(name) ? COMPACT_V4_BYTES : COMPACT_V6_BYTES;
            value.bytes(list)
                    .ifPresent(bytes -> addCompact(bytes, entryBytes, flags, endpoints, seeds));
        }
        return endpoints;
    }

    private static void addCompact(
            ByteString compact,
            int entryBytes,
            byte[] flags,
            List<Endpoint> endpoints,
            Set<Endpoint> seeds) {
        byte[] bytes = compact.toBytes();
        var distinct = new LinkedHashSet<Endpoint>();
        int count = Math.min(bytes.length / entryBytes, MAX_EXCHANGED_PEERS);
        for (int i = 0; i < count; i++) {
            var endpoint = Endpoint.ofCompact(bytes, i * entryBytes, entryBytes);
            if (endpoint.isReachable()) {
                distinct.add(endpoint);
                if (i < flags.length && (flags[i] & WireEncoder.PEX_SEED) != 0) {
                    seeds.add(endpoint);
                }
            }
        }
        endpoints.addAll(distinct);
    }

    private static WireDecoder.Malformed malformed(int number, String reason) {
        return new WireDecoder.Malformed("extension message " + number + ": " + reason);
    }
}
