package dev.starling.node;

import dev.starling.id.Id;
import dev.starling.item.MutableMagnet;
import dev.starling.metainfo.Magnet;
import dev.starling.metainfo.Torrent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a person names a torrent by: a magnet link, an infohash, or a .torrent file.
sealed interface TorrentSource {

    record OfMagnet(Magnet magnet) implements TorrentSource {}

    record OfTorrent(Torrent torrent) implements TorrentSource {}

    default Id infoHash() {
        return switch (this) {
            case OfMagnet(Magnet magnet) -> magnet.infoHash();
            case OfTorrent(Torrent torrent) -> torrent.info().infoHash();
        };
    }

    /// Reads the argument as whichever it is.
    ///
    /// @throws Failure if it is none of them or is refused, saying why
    static TorrentSource read(String argument) throws Failure, IOException {
        if (isLink(argument)) {
            return new OfMagnet(ofLink(argument));
        }
        var infoHash = Id.parseHex(argument);
        if (infoHash.isPresent()) {
            return new OfMagnet(Magnet.of(infoHash.get()));
        }
        Path file = Path.of(argument);
        if (!Files.exists(file)) {
            if (Magnet.parse("magnet:?xt=urn:btih:" + argument)
                    instanceof Magnet.Parsed(Magnet magnet)) {
                return new OfMagnet(magnet); // base32
            }
            throw new Failure(
                    "'" + argument + "' is no magnet link, no infohash and no file",
                    "Give a magnet link in quotes, 40 hexadecimal digits, or a .torrent file.");
        }
        return new OfTorrent(readTorrent(file));
    }

    /// Whether a magnet link is meant.
    static boolean isLink(String argument) {
        return argument.regionMatches(true, 0, "magnet:", 0, 7);
    }

    /// Reads a magnet link.
    static Magnet ofLink(String link) throws Failure {
        return switch (Magnet.parse(link)) {
            case Magnet.Parsed(Magnet magnet) -> magnet;
            case Magnet.Refused(_) when MutableMagnet.isMeant(link) ->
                    throw new Failure(
                            "this magnet link names a key, not a torrent",
                            "starling follow downloads what it leads to.");
            case Magnet.Refused(String reason) ->
                    throw new Failure(
                            "the magnet link cannot be used: " + reason,
                            "A link looks like magnet:?xt=urn:btih:<40 hexadecimal digits>;"
                                    + " put it in quotes, because of its & signs.");
        };
    }

    /// Reads a .torrent file.
    static Torrent readTorrent(Path file) throws Failure, IOException {
        if (Files.isDirectory(file)) {
            throw new Failure(file + " is a folder", "Name the .torrent file itself.");
        }
        if (Files.size(file) > Torrent.MAX_FILE_BYTES) {
            throw new Failure(
                    file + " is larger than any torrent, " + Units.bytes(Files.size(file)),
                    "The limit is " + Units.bytes(Torrent.MAX_FILE_BYTES) + ".");
        }
        return switch (Torrent.read(Files.readAllBytes(file))) {
            case Torrent.Loaded(Torrent torrent) -> torrent;
            case Torrent.Refused(String reason) ->
                    throw new Failure(file + " is refused: " + reason, "");
        };
    }
}
