package dev.starling.node;

import dev.starling.disk.HashMemory;
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

    /// The same for what is shared: hashed only if it has changed since it was hashed before.
    static TorrentMaker.Made make(Path source, Path data, Output output) throws IOException {
        var memory = new HashMemory(data.resolve("hashes"));
        TorrentMaker.Made made;
        try (var bar = new ProgressLine(output, "hashing", TorrentMaker.lengthBytes(source))) {
            made = TorrentMaker.make(source, memory, bar::at);
        }
        if (made.isFromMemory()) {
            output.progress("unchanged since it was hashed, so its hashes are known");
        }
        return made;
    }
}
