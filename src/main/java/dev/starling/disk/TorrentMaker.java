package dev.starling.disk;

import dev.starling.metainfo.InfoDictionary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.LongConsumer;

/// Makes the info dictionary of a file or folder by hashing it.
public final class TorrentMaker {

    private TorrentMaker() {}

    /// Hashes `path`, on the caller's thread and more.
    ///
    /// @param pieceLengthBytes a power of two, or empty to choose by size
    /// @param progress told how many bytes have been hashed, from any thread
    /// @throws IOException if something cannot be read or changes while it is read, naming it
    public static InfoDictionary make(
            Path path, OptionalInt pieceLengthBytes, LongConsumer progress) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// How many bytes `make` will hash.
    public static long lengthBytes(Path path) throws IOException {
        throw new UnsupportedOperationException();
    }
}
