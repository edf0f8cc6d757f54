package dev.starling.metainfo;

/// Chooses the piece length of a new torrent.
public final class PieceLength {

    private PieceLength() {}

    /// A power of two.
    public static int choose(long lengthBytes) {
        throw new UnsupportedOperationException();
    }
}
