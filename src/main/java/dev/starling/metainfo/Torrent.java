package dev.starling.metainfo;

import dev.starling.id.Endpoint;
import java.util.List;
import java.util.Optional;

/// A .torrent file (BEP 3, 5 `nodes`, 12 `announce-list`).
///
/// @param trackers tiers flattened; shown, never used: Starling is trackerless
/// @param nodes DHT nodes given as literal addresses
public record Torrent(
        InfoDictionary info,
        List<String> trackers,
        List<Endpoint> nodes,
        Optional<String> comment,
        Optional<String> createdBy) {

    /// A larger file is refused.
    public static final int MAX_FILE_BYTES = 64 << 20;

    public Torrent {
        trackers = List.copyOf(trackers);
        nodes = List.copyOf(nodes);
    }

    public sealed interface Result {}

    public record Loaded(Torrent torrent) implements Result {}

    /// Why the file is refused, in words for a person.
    public record Refused(String reason) implements Result {}

    public static Torrent of(InfoDictionary info) {
        return new Torrent(info, List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    /// Reads a .torrent file.
    public static Result read(byte[] file) {
        return TorrentCodec.read(file);
    }

    /// The .torrent file's bytes; the info dictionary is written as it was read.
    public byte[] toBytes() {
        return TorrentCodec.write(this);
    }
}
