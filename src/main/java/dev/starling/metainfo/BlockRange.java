package dev.starling.metainfo;

import org.jspecify.annotations.Nullable;

/// The bytes one `request` message asks for (BEP 3, "peer messages").
public record BlockRange(int pieceIndex, int offsetBytes, int lengthBytes) {

    /// Every client asks for 16 KiB at a time; larger requests are commonly refused.
    public static final int BLOCK_BYTES = 16 * 1024;

    public BlockRange {
        if (pieceIndex < 0 || offsetBytes < 0 || lengthBytes <= 0) {
            throw new IllegalArgumentException(
                    "no block: piece "
                            + pieceIndex
                            + " offset "
                            + offsetBytes
                            + " length "
                            + lengthBytes);
        }
    }

    public int blockIndex() {
        return offsetBytes / BLOCK_BYTES;
    }

    // Written out: what a record is given is made of method handles, which cost a start dearly and
    // stay slow until they are compiled.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BlockRange that
                && pieceIndex == that.pieceIndex
                && offsetBytes == that.offsetBytes
                && lengthBytes == that.lengthBytes;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * pieceIndex + offsetBytes) + lengthBytes;
    }
}
