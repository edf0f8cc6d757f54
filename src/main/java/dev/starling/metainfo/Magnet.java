package dev.starling.metainfo;

import dev.starling.id.Id;
import java.util.List;
import java.util.Optional;

/// A magnet link (BEP 9, "magnet URI format"; BEP 53 `so`).
///
/// @param name `dn`, fit to be shown (see [SafeText])
/// @param peers `x.pe`, `host:port`, unresolved
/// @param trackers `tr`; shown, never used: Starling is trackerless
/// @param selection `so`, file indexes, as yet unchecked against a torrent; empty for all
public record Magnet(
        Id infoHash,
        Optional<String> name,
        List<String> peers,
        List<String> trackers,
        List<IndexRange> selection) {

    /// A longer link is refused.
    public static final int MAX_CHARS = 65_536;

    /// File indexes from `first` to `last`, both included.
    public record IndexRange(int first, int last) {
        public IndexRange {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("no range: " + first + " to " + last);
            }
        }
    }

    public Magnet {
        peers = List.copyOf(peers);
        trackers = List.copyOf(trackers);
        selection = List.copyOf(selection);
    }

    public sealed interface Result {}

    public record Parsed(Magnet magnet) implements Result {}

    /// Why the link is refused, in words for a person.
    public record Refused(String reason) implements Result {}

    /// The link by which a known torrent is shared: its infohash and name.
    public static Magnet of(InfoDictionary info) {
        return new Magnet(
                info.infoHash(), Optional.of(info.name()), List.of(), List.of(), List.of());
    }

    public static Magnet of(Id infoHash) {
        return new Magnet(infoHash, Optional.empty(), List.of(), List.of(), List.of());
    }

    /// Parses a link; `btih` in 40 hexadecimal digits of either case or 32 base32 characters.
    public static Result parse(String link) {
        return MagnetCodec.parse(link);
    }

    /// The link as text, properly escaped.
    public String toUri() {
        return MagnetCodec.write(this);
    }
}
