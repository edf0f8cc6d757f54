package dev.starling.metainfo;

/// Chooses the piece length of a new torrent; `docs/piece-length.md` says what is weighed.
public final class PieceLength {

    /// One block: a shorter piece could not be requested in blocks of the usual size.
    public static final int MIN_BYTES = BlockRange.BLOCK_BYTES;

    /// A bad byte costs a whole piece, and a piece is shared only when it is complete.
    public static final int USUAL_MAX_BYTES = 16 << 20;

    /// Up to here a magnet link's metadata takes three blocks, and one message tells who has what.
    private static final int USUAL_MAX_PIECES = 2_048;

    /// Hashes of so many pieces take 2.5 MiB: some clients refuse metadata beyond 4 MiB.
    private static final int MAX_PIECES = 131_072;

    private PieceLength() {}

    /// A power of two: the shortest that gives at most 2,048 pieces, no more than 16 MiB for
    /// torrents up to 2 TiB.
    public static int choose(long lengthBytes) {
        int length = MIN_BYTES;
        while (length < USUAL_MAX_BYTES && lengthBytes > (long) length * USUAL_MAX_PIECES) {
            length *= 2;
        }
        while (length < InfoReader.MAX_PIECE_LENGTH_BYTES
                && lengthBytes > (long) length * MAX_PIECES) {
            length *= 2;
        }
        return length;
    }
}
