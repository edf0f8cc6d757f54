package dev.starling.wire;

import dev.starling.bencode.BencodeWriter;
import dev.starling.id.Endpoint;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// Writes the bencoded part of extension messages (BEP 9, 10, 11).
final class ExtensionEncoder {

    private ExtensionEncoder() {}

    static byte[] handshake(WireMessage.ExtensionHandshake handshake) {
        var writer = new BencodeWriter().beginDictionary().key("m").beginDictionary();
        optional(writer, WireEncoder.METADATA_NAME, handshake.metadataNumber());
        optional(writer, WireEncoder.PEX_NAME, handshake.pexNumber());
        writer.end();
        optional(writer, "metadata_size", handshake.metadataSizeBytes());
        optional(writer, "p", handshake.listenPort());
        optional(writer, "reqq", handshake.reqq());
        if (handshake.isUploadOnly()) {
            writer.key("upload_only").integer(1);
        }
        if (!handshake.client().isEmpty()) {
            writer.key("v").text(handshake.client());
        }
        return writer.end().toBytes();
    }

    private static void optional(BencodeWriter writer, String key, OptionalInt value) {
        if (value.isPresent()) {
            writer.key(key).integer(value.getAsInt());
        }
    }

    /// A metadata message without data, or the dictionary before the data where `totalBytes` is
    /// given.
    static byte[] metadata(int type, int blockIndex, OptionalInt totalBytes) {
        var writer = new BencodeWriter().beginDictionary();
        writer.key("msg_type").integer(type).key("piece").integer(blockIndex);
        optional(writer, "total_size", totalBytes);
        return writer.end().toBytes();
    }

    /// Both families' lists with the flags of BEP 11, of which only that of seeds is used:
    /// libtorrent ignores added peers that come without flags.
    static byte[] peerExchange(WireMessage.PeerExchange exchange) {
        var added = exchange.added().stream().filter(Endpoint::isV4).toList();
        var added6 = exchange.added().stream().filter(peer -> !peer.isV4()).toList();
        var dropped = exchange.dropped().stream().filter(Endpoint::isV4).toList();
        var dropped6 = exchange.dropped().stream().filter(peer -> !peer.isV4()).toList();

        var writer = new BencodeWriter().beginDictionary();
        writer.key("added").string(compact(added));
        writer.key("added.f").string(flags(added, exchange.seeds()));
        writer.key("added6").string(compact(added6));
        writer.key("added6.f").string(flags(added6, exchange.seeds()));
        writer.key("dropped").string(compact(dropped));
        writer.key("dropped6").string(compact(dropped6));
        return writer.end().toBytes();
    }

    private static byte[] flags(List<Endpoint> endpoints, Set<Endpoint> seeds) {
        byte[] flags = new byte[endpoints.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = (byte) (seeds.contains(endpoints.get(i)) ? WireEncoder.PEX_SEED : 0);
        }
        return flags;
    }

    private static byte[] compact(List<Endpoint> endpoints) {
        byte[] bytes = new byte[endpoints.stream().mapToInt(Endpoint::compactLengthBytes).sum()];
        int offset = 0;
        for (var endpoint : endpoints) {
            endpoint.copyCompactTo(bytes, offset);
            offset += endpoint.compactLengthBytes();
        }
        return bytes;
    }
}
