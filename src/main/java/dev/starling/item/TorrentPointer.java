package dev.starling.item;

import dev.starling.bencode.Bencode;
import dev.starling.bencode.Bencode.Limits;
import dev.starling.bencode.Bencode.Mode;
import dev.starling.bencode.BencodeWriter;
import dev.starling.bencode.ByteString;
import dev.starling.id.Id;
import java.util.Optional;

/// What the item of a mutable torrent says: the infohash of its newest version (BEP 46).
public final class TorrentPointer {

    private TorrentPointer() {}

    /// The value of an item that points to this torrent.
    public static ByteString to(Id infoHash) {
        var dictionary = new BencodeWriter().beginDictionary().key("ih");
        return ByteString.of(dictionary.string(infoHash.toBytes()).end().toBytes());
    }

    /// The torrent that a value points to; empty where it points to none.
    public static Optional<Id> of(ByteString value) {
        if (!(Bencode.read(value.toBytes(), Limits.DATAGRAM, Mode.LENIENT)
                instanceof Bencode.Parsed(var parsed, _))) {
            return Optional.empty();
        }
        return parsed.bytes("ih")
                .filter(bytes -> bytes.lengthBytes() == Id.LENGTH_BYTES)
                .map(bytes -> Id.of(bytes.toBytes()));
    }
}
