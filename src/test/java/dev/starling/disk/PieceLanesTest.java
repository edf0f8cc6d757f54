package dev.starling.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.Seeded;
import dev.starling.hash.HashAlgorithm;
import dev.starling.hash.HashLanes;
import dev.starling.hash.Sha1;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pieces read into lanes; where a machine has none, nothing is compared.
class PieceLanesTest {

    private static final int PIECES = 16;

    @TempDir private Path root;

    @Test
    void piecesOfAnyLengthHaveTheirDigests() throws IOException {
        for (int pieceLength : List.of(1, 64, 1_000, 65_536, 65_537, 200_000)) {
            assertRight(pieceLength, IntStream.range(0, PIECES).toArray());
        }
    }

    @Test
    void someOfThePiecesMayBeHashed() throws IOException {
        assertRight(100_000, new int[] {1, 2, 3, 5, 8, 9, 11, 13});
    }

    private void assertRight(int pieceLength, int[] indices) throws IOException {
        RandomGenerator random = Seeded.random(pieceLength);
        byte[] bytes = new byte[PIECES * pieceLength];
        random.nextBytes(bytes);
        Files.write(root.resolve("file"), bytes);
        var digests = new TreeMap<Integer, byte[]>();

        hash(new PieceRanges(pieceLength, bytes.length), indices, digests::put);

        if (HashLanes.of(HashAlgorithm.SHA_1).isPresent()) {
            assertThat(digests.keySet())
                    .containsExactlyElementsOf(IntStream.of(indices).boxed().toList());
        }
        digests.forEach((piece, digest) -> {
            int from = piece * pieceLength;
            byte[] alone = Arrays.copyOfRange(bytes, from, from + pieceLength);
            assertThat(digest).isEqualTo(Sha1.of(alone));
        });
    }

    private void hash(PieceRanges pieces, int[] indices, PieceHasher.Sink sink) throws IOException {
        var tree = SourceTree.at(root.resolve("file"));
        try (var openFiles = new OpenFiles()) {
            var files = ReadOnlyFiles.of(new FileLayout(tree.files()), tree.folder(), openFiles);
            var lanes = HashLanes.of(HashAlgorithm.SHA_1);
            if (lanes.isPresent()) {
                var reader = new PieceLanes(lanes.get(), new TimedReads(files));
                reader.hash(pieces, indices, indices.length, sink);
            }
        }
    }
}
