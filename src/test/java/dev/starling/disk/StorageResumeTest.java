package dev.starling.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metainfo.PieceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageResumeTest {

    private static final int PIECE = Sample.PIECE_BYTES;

    @TempDir Path root;

    @Test
    void whatWasVerifiedIsHadWithoutHashingAfterClosing() {
        var sample = Sample.folder(1, 3 * PIECE, 2 * PIECE + 77, PIECE);
        try (var harness = StorageHarness.on(sample, root)) {
            harness.opened();
            harness.download(1, 4);
            harness.store(5, 0);
            harness.storage().close();

            var have = harness.reopen(false).opened();

            assertThat(have).isEqualTo(pieces(sample, 1, 2, 3));
            assertThat(harness.seen()).hasSize(1);
        }
    }

    /// The old storage is dropped in the middle of its work, never closed.
    @Test
    void aCrashLosesNoVerifiedPieceAndBelievesNoOther() throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var sample = Sample.folder(seed, 5 * PIECE + 9, 70_000, -3_000, 4 * PIECE, 0, 20_000);
            var own = root.resolve("seed" + seed);
            try (var harness = StorageHarness.on(sample, own)) {
                var have = harness.opened();
                while (!have.isFull()) {
                    int crashAfter = random.nextInt(4);
                    var expected = have.copy();
                    for (int piece = 0; piece < have.pieceCount() && crashAfter >= 0; piece++) {
                        if (!have.contains(piece) && random.nextBoolean()) {
                            if (crashAfter-- > 0) {
                                harness.storePiece(piece);
                                harness.await(StorageEvent.PieceVerified.class);
                                expected.add(piece);
                            } else {
                                storePart(harness, piece, random);
                            }
                        }
                    }
                    have = harness.reopen(false).opened();
                    assertThat(have).as("seed %d", seed).isEqualTo(expected);
                    assertThat(harness.seen()).as("seed %d", seed).hasSize(1);
                }
            }
            assertThat(sample.isCompleteIn(own.resolve("downloads"))).as("seed %d", seed).isTrue();
        }
    }

    private static void storePart(StorageHarness harness, int piece, Random random) {
        for (int i = 1; i < harness.sample.info().blockCount(piece); i++) {
            if (random.nextBoolean()) {
                harness.store(piece, i);
            }
        }
    }

    @Test
    void aFileChangedAfterClosingIsHashedAgainAndNoOther() throws Exception {
        var sample = Sample.folder(3, 2 * PIECE, 3 * PIECE, PIECE);
        try (var harness = complete(sample)) {
            harness.storage().close();
            flip(file("folder/sub1/file1"), PIECE);

            var have = harness.reopen(false).opened();

            assertThat(have).isEqualTo(pieces(sample, 0, 1, 2, 4, 5));
            assertThat(checkedPieces(harness)).isEqualTo(3);
            harness.download(3, 4);
        }
        assertThat(sample.isCompleteIn(root.resolve("downloads"))).isTrue();
    }

    @Test
    void aMissingOrShortFileCostsItsPiecesOnly() throws Exception {
        var sample = Sample.folder(4, 2 * PIECE, 2 * PIECE, 2 * PIECE);
        try (var harness = complete(sample)) {
            harness.crash();
            Files.delete(file("folder/sub0/file0"));
            Files.write(file("folder/sub2/file2"), new byte[PIECE]);

            var have = harness.reopen(false).opened();

            assertThat(have).isEqualTo(pieces(sample, 2, 3));
            harness.download(0, 2);
            harness.download(4, 6);
        }
        assertThat(sample.isCompleteIn(root.resolve("downloads"))).isTrue();
    }

    @Test
    void aFileYoungerThanACrashIsHashedAgain() throws Exception {
        var sample = Sample.folder(5, 2 * PIECE, 2 * PIECE);
        try (var harness = complete(sample)) {
            harness.crash();
            flip(file("folder/sub1/file1"), 0);
            age(file("folder/sub1/file1"), 3_600);

            var have = harness.reopen(false).opened();

            assertThat(have).isEqualTo(pieces(sample, 0, 1, 3));
            assertThat(checkedPieces(harness)).isEqualTo(2);
        }
    }

    @Test
    void aFileOlderThanRememberedIsHashedAgain() throws Exception {
        var sample = Sample.folder(6, 2 * PIECE, 2 * PIECE);
        try (var harness = complete(sample)) {
            harness.storage().close();
            harness.reopen(false).opened();
            flip(file("folder/sub1/file1"), 0);
            age(file("folder/sub1/file1"), -3_600);

            var have = harness.reopen(false).opened();

            assertThat(have).isEqualTo(pieces(sample, 0, 1, 3));
        }
    }

    @Test
    void filesWithoutAResumeFileAreHashed() throws Exception {
        var sample = Sample.folder(7, 2 * PIECE, 100_000, PIECE);
        sample.writeTo(root.resolve("downloads"));
        flip(file("folder/sub0/file0"), 5);
        try (var harness = StorageHarness.on(sample, root)) {
            var have = harness.opened();

            assertThat(have.size()).isEqualTo(sample.info().pieceCount() - 1);
            assertThat(have.contains(0)).isFalse();
            assertThat(checkedPieces(harness)).isEqualTo(sample.info().pieceCount());
        }
    }

    @Test
    void aResumeFileOfAnotherTorrentOrOfNothingIsNotBelieved() throws Exception {
        var sample = Sample.single("file", 3 * PIECE, 8);
        var other = Sample.single("file", 3 * PIECE, 9);
        try (var harness = complete(other)) {
            harness.storage().close();
        }
        for (int length : new int[] {0, 7, (int) Files.size(root.resolve("state/resume"))}) {
            try (var harness = StorageHarness.on(sample, root)) {
                assertThat(harness.opened().isEmpty()).isTrue();
            }
            Files.write(root.resolve("state/resume"), new byte[length]);
        }
    }

    private StorageHarness complete(Sample sample) {
        var harness = StorageHarness.on(sample, root);
        harness.opened();
        harness.download(0, sample.info().pieceCount());
        return harness;
    }

    private static int checkedPieces(StorageHarness harness) {
        return harness.seen().stream()
                .filter(StorageEvent.Checking.class::isInstance)
                .map(StorageEvent.Checking.class::cast)
                .mapToInt(StorageEvent.Checking::pieces)
                .max()
                .orElse(0);
    }

    private static PieceSet pieces(Sample sample, int... indexes) {
        var pieces = new PieceSet(sample.info().pieceCount());
        for (int index : indexes) {
            pieces.add(index);
        }
        return pieces;
    }

    private Path file(String name) {
        return root.resolve("downloads").resolve(name);
    }

    private static void flip(Path file, int offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[offset] ^= 1;
        Files.write(file, bytes);
    }

    private static void age(Path file, int seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
    }
}
