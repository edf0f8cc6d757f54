package dev.starling.metainfo;

import java.util.List;

/// Makes the paths a torrent names safe to create below a folder, on any file system.
public final class SafePath {

    private SafePath() {}

    /// One element: never empty, `.`, `..`, or with a separator in it.
    public static String element(String raw) {
        throw new UnsupportedOperationException();
    }

    /// Safe, distinct relative paths (elements joined by `/`) for all files of one torrent, in
    /// order, each below `name`.
    public static List<String> paths(String name, List<List<String>> rawPaths) {
        throw new UnsupportedOperationException();
    }
}
