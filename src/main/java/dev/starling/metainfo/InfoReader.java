package dev.starling.metainfo;

import dev.starling.id.Id;

/// Reads an info dictionary and refuses what no client should load.
public final class InfoReader {

    /// Bounds: libtorrent's, the largest that anyone accepts.
    public static final int MAX_PIECES = 2_097_152;

    public static final int MAX_PIECE_LENGTH_BYTES = 512 << 20;

    /// Metadata beyond this is refused (BEP 9 names no bound; 32 MiB as rqbit, twice anacrolix's).
    public static final int MAX_INFO_BYTES = 32 << 20;

    private InfoReader() {}

    public sealed interface Result {}

    public record Loaded(InfoDictionary info) implements Result {}

    /// Why the dictionary is refused, in words for a person.
    public record Refused(String reason) implements Result {}

    /// Reads exactly these bytes. The caller has checked or will check the infohash.
    public static Result read(byte[] encoded) {
        throw new UnsupportedOperationException();
    }

    /// Reads these bytes and refuses them unless their SHA-1 is `infoHash`.
    public static Result read(byte[] encoded, Id infoHash) {
        throw new UnsupportedOperationException();
    }
}
