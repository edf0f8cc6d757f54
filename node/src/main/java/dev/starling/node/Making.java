package dev.starling.node;

import dev.starling.disk.TorrentMaker;
import dev.starling.metainfo.InfoDictionary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/// Hashing a file or folder into an info dictionary, with a bar for whoever waits.
final class Making {

    private Making() {}

    static InfoDictionary make(Path source, OptionalInt pieceLengthBytes, Output output)
            throws IOException {
        long total = TorrentMaker.lengthBytes(source);
        try (var bar = new ProgressLine(output, "hashing", total)) {
            return TorrentMaker.make(source, pieceLengthBytes, bar::at);
        }
    }
}
