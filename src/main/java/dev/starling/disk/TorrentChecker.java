package dev.starling.disk;

import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/// Checks data on disk against a torrent by hashing every piece.
public final class TorrentChecker {

    private TorrentChecker() {}

    /// The pieces that are right. A missing or short file makes its pieces wrong, not the call
    /// fail.
    ///
    /// @param folder the folder in which the torrent's file or folder lies
    /// @param progress told how many pieces have been checked, from any thread
    public static PieceSet check(InfoDictionary info, Path folder, IntConsumer progress)
            throws IOException {
        throw new UnsupportedOperationException();
    }
}
