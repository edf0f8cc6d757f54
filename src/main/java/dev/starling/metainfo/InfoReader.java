package dev.starling.metainfo;

import dev.starling.bencode.Bencode;
import dev.starling.bencode.BencodeValue;
import dev.starling.bencode.ByteString;
import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import java.util.List;

/// Reads an info dictionary (BEP 3, BEP 47) and refuses what no client should load.
///
/// A hybrid torrent (BEP 52) is read by its version 1 half. What bencode should not be, such as
/// unsorted keys, is tolerated: the infohash is taken over the bytes as they are.
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
        if (encoded.length > MAX_INFO_BYTES) {
            return new Refused(tooLong(encoded.length));
        }
        var read = Bencode.read(encoded, Bencode.Limits.TORRENT, Bencode.Mode.LENIENT);
        return switch (read) {
            case Bencode.Malformed(var reason, var offset) ->
                    new Refused(
                            "the info dictionary is malformed at byte " + offset + ": " + reason);
            case Bencode.Parsed(_, var length) when length != encoded.length ->
                    new Refused(
                            "the info dictionary ends after %d of %d bytes"
                                    .formatted(length, encoded.length));
            case Bencode.Parsed(var value, _) -> read(value);
        };
    }

    /// Reads these bytes and refuses them unless their SHA-1 is `infoHash`.
    public static Result read(byte[] encoded, Id infoHash) {
        var actual = Id.of(Sha1.of(encoded));
        return actual.equals(infoHash)
                ? read(encoded)
                : new Refused("the infohash is " + actual + ", expected " + infoHash);
    }

    /// Reads the value of `info` in a .torrent file.
    static Result read(BencodeValue info) {
        try {
            return new Loaded(load(info));
        } catch (Refusal refusal) {
            return new Refused(refusal.reason());
        }
    }

    private static InfoDictionary load(BencodeValue info) throws Refusal {
        if (info.kind() != BencodeValue.Kind.DICTIONARY) {
            throw new Refusal("the info dictionary is not a dictionary");
        }
        if (info.lengthBytes() > MAX_INFO_BYTES) {
            throw new Refusal(tooLong(info.lengthBytes()));
        }
        checkVersion(info);
        int pieceLength = pieceLength(info);
        String name = SafePath.element(name(info));
        var files = files(info, name);
        var hashes = hashes(info, files, pieceLength);
        boolean isPrivate = info.integer("private").orElse(0) != 0;
        byte[] encoded = info.encoded();
        return new InfoDictionary(
                encoded,
                Id.of(Sha1.of(encoded)),
                new InfoDictionary.Parts(name, pieceLength, hashes, files, isPrivate));
    }

    private static String tooLong(int lengthBytes) {
        return "the info dictionary has %d bytes, limit %d".formatted(lengthBytes, MAX_INFO_BYTES);
    }

    private static void checkVersion(BencodeValue info) throws Refusal {
        long version = info.integer("meta version").orElse(1);
        if (version > 2) {
            throw new Refusal("a torrent of version " + version + ": only version 1 is read");
        }
        boolean isSecond = version == 2 || info.find("file tree").isPresent();
        if (isSecond && info.find("pieces").isEmpty()) {
            throw new Refusal("a v2-only torrent: only v1 and hybrid torrents are read");
        }
    }

    private static int pieceLength(BencodeValue info) throws Refusal {
        var length = info.integer("piece length");
        if (length.isEmpty()) {
            throw new Refusal("the torrent has no piece length");
        }
        if (length.getAsLong() <= 0 || length.getAsLong() > MAX_PIECE_LENGTH_BYTES) {
            throw new Refusal(
                    "the piece length is %d bytes, expected 1 to %d"
                            .formatted(length.getAsLong(), MAX_PIECE_LENGTH_BYTES));
        }
        return (int) length.getAsLong();
    }

    private static String name(BencodeValue info) throws Refusal {
        return info.text("name.utf-8")
                .or(() -> info.text("name"))
                .orElseThrow(() -> new Refusal("the torrent has no name"));
    }

    private static List<FileEntry> files(BencodeValue info, String name) throws Refusal {
        var list = info.find("files");
        boolean hasLength = info.find("length").isPresent();
        if (list.isPresent() && hasLength) {
            throw new Refusal("the torrent has both a length and files");
        }
        if (list.isEmpty()) {
            long length = FileList.length(info, "the torrent");
            return List.of(new FileEntry(name, 0, length, false));
        }
        if (list.get().kind() != BencodeValue.Kind.LIST) {
            throw new Refusal("the files are not a list");
        }
        return FileList.read(name, list.get());
    }

    private static ByteString hashes(BencodeValue info, List<FileEntry> files, int pieceLength)
            throws Refusal {
        var last = files.get(files.size() - 1);
        long length = last.offsetBytes() + last.lengthBytes();
        if (length == 0) {
            throw new Refusal("the torrent has no bytes");
        }
        long pieces = (length + pieceLength - 1) / pieceLength;
        if (pieces > MAX_PIECES) {
            throw new Refusal("the torrent has %d pieces, limit %d".formatted(pieces, MAX_PIECES));
        }
        var hashes =
                info.bytes("pieces")
                        .orElseThrow(() -> new Refusal("the torrent has no piece hashes"));
        if (hashes.lengthBytes() != pieces * Id.LENGTH_BYTES) {
            throw new Refusal(
                    "%d pieces have hashes of %d bytes, expected %d"
                            .formatted(pieces, hashes.lengthBytes(), pieces * Id.LENGTH_BYTES));
        }
        return hashes;
    }
}
