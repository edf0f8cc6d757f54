package dev.starling.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PieceLengthTest {

    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;
    private static final long TIB = 1L << 40;

    @Test
    void aSmallTorrentHasPiecesOfOneBlock() {
        assertThat(PieceLength.choose(1)).isEqualTo(16 * KIB);
        assertThat(PieceLength.choose(32 * MIB)).isEqualTo(16 * KIB);
    }

    @Test
    void thereAreAThousandToTwoThousandPieces() {
        assertThat(PieceLength.choose(32 * MIB + 1)).isEqualTo(32 * KIB);
        assertThat(PieceLength.choose(GIB)).isEqualTo(512 * KIB);
        assertThat(PieceLength.choose(5 * GIB)).isEqualTo(4 * MIB);
        for (long length = 64 * MIB; length <= 32 * GIB; length = length * 5 / 4) {
            assertThat(length / PieceLength.choose(length)).isBetween(1_023L, 2_048L);
        }
    }

    @Test
    void aPieceHasSixteenMebibytesUpToTwoTebibytes() {
        assertThat(PieceLength.choose(33 * GIB)).isEqualTo(16 * MIB);
        assertThat(PieceLength.choose(2 * TIB)).isEqualTo(16 * MIB);
        assertThat(PieceLength.choose(2 * TIB + 1)).isEqualTo(32 * MIB);
    }

    @Test
    void everyTorrentWeReadHasAPieceLengthWeRead() {
        assertThat(PieceLength.choose(FileList.MAX_LENGTH_BYTES))
                .isEqualTo(InfoReader.MAX_PIECE_LENGTH_BYTES);
    }
}
