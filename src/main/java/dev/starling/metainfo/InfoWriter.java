package dev.starling.metainfo;

import java.util.List;

/// Writes the info dictionary of a new torrent.
public final class InfoWriter {

    private InfoWriter() {}

    /// A file of a new torrent: its path below the torrent's folder, one string an element.
    public record SourceFile(List<String> path, long lengthBytes) {
        public SourceFile {
            path = List.copyOf(path);
        }
    }

    /// One file, whose name is the torrent's.
    public static InfoDictionary single(
            String name, long lengthBytes, int pieceLengthBytes, byte[] hashes) {
        throw new UnsupportedOperationException();
    }

    /// A folder; files in the order given.
    public static InfoDictionary folder(
            String name, List<SourceFile> files, int pieceLengthBytes, byte[] hashes) {
        throw new UnsupportedOperationException();
    }
}
