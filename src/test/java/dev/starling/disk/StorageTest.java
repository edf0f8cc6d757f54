package dev.starling.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import dev.starling.metainfo.BlockRange;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {

    private static final int PIECE = Sample.PIECE_BYTES;
    private static final int BLOCK = BlockRange.BLOCK_BYTES;

    @TempDir Path root;

    @Test
    void storedPiecesAreVerifiedAndTheFileComesOutRight() throws Exception {
        var sample = Sample.single("file", 5 * PIECE + 12_345, 1);

        try (var harness = StorageHarness.on(sample, root)) {
            assertThat(harness.opened().isEmpty()).isTrue();
            harness.download(0, 6);
        }

        assertThat(sample.isCompleteIn(root.resolve("downloads"))).isTrue();
    }

    @Test
    void blocksMayComeInAnyOrderAndTwice() throws Exception {
        var sample = Sample.folder(2, 100_000, 0, 3, 70_000, -5_000, 300_000, 1, 0);
        for (long seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            List<int[]> blocks = shuffledBlocks(sample, random);
            long budgetBytes = random.nextBoolean() ? 64 << 20 : 6 * BLOCK;

            var own = root.resolve("seed" + seed);
            try (var harness = new StorageHarness(sample, own, SystemFiles.INSTANCE, budgetBytes)) {
                harness.opened();
                blocks.forEach(block -> harness.store(block[0], block[1]));
                for (int i = 0; i < sample.info().pieceCount(); i++) {
                    harness.await(StorageEvent.PieceVerified.class);
                }
                assertThat(harness.seen())
                        .as("seed %d", seed)
                        .noneMatch(StorageEvent.PieceFailed.class::isInstance);
            }

            assertThat(sample.isCompleteIn(own.resolve("downloads"))).as("seed %d", seed).isTrue();
        }
    }

    private static List<int[]> shuffledBlocks(Sample sample, Random random) {
        List<int[]> blocks = new ArrayList<>();
        for (int piece = 0; piece < sample.info().pieceCount(); piece++) {
            for (int block = 0; block < sample.info().blockCount(piece); block++) {
                blocks.add(new int[] {piece, block});
                if (random.nextInt(4) == 0) {
                    blocks.add(new int[] {piece, block});
                }
            }
        }
        Collections.shuffle(blocks, random);
        return blocks;
    }

    @Test
    void everyBlockIsGivenBackOnce() {
        var sample = Sample.single("file", 4 * PIECE, 3);
        var harness = StorageHarness.on(sample, root);
        harness.opened();

        harness.download(0, 3);
        harness.storePiece(1);
        harness.store(3, 2);
        harness.store(3, 1);
        harness.close();

        assertThat(harness.blocksHeld).hasValue(0);
        assertThat(harness.workers().queuedBytes()).isZero();
    }

    @Test
    void aPieceWithAWrongBlockFailsAndMayBeStoredAgain() throws Exception {
        var sample = Sample.single("file", 2 * PIECE, 4);
        try (var harness = StorageHarness.on(sample, root)) {
            harness.opened();

            byte[] wrong = new byte[BLOCK];
            harness.store(1, 0);
            harness.store(1, 2, ByteBuffer.wrap(wrong));
            harness.store(1, 1);
            harness.store(1, 3);
            assertThat(harness.await(StorageEvent.PieceFailed.class).pieceIndex()).isEqualTo(1);
            harness.storage().digestBlocks(1);
            var digested = harness.await(StorageEvent.BlocksDigested.class);
            harness.download(1, 2);

            assertThat(digested.digests().get(2)).isEqualTo(Id.of(Sha1.of(wrong)));
            assertThat(digested.digests().get(3)).isEqualTo(digest(sample, PIECE + 3 * BLOCK));
        }
    }

    private static Id digest(Sample sample, int from) {
        return Id.of(Sha1.of(Arrays.copyOfRange(sample.content(), from, from + BLOCK)));
    }

    @Test
    void verifiedPiecesCanBeReadAndOthersCannot() throws Exception {
        var sample = Sample.folder(5, 50_000, 100_000, -1_000, 60_000);
        try (var harness = StorageHarness.on(sample, root)) {
            harness.opened();
            harness.download(1, 2);

            assertThat(harness.read(new BlockRange(1, 5, 20_000)))
                    .isEqualTo(Arrays.copyOfRange(sample.content(), PIECE + 5, PIECE + 5 + 20_000));
            assertThat(harness.read(new BlockRange(0, 0, BLOCK))).isEqualTo("piece 0 is not here");
        }
    }

    @Test
    void blocksReadTogetherComeInOrderEachWithRoomBeforeIt() throws Exception {
        var sample = Sample.folder(5, 50_000, 100_000, -1_000, 60_000);
        try (var harness = StorageHarness.on(sample, root)) {
            harness.opened();
            harness.download(1, 2);
            var blocks = List.of(new BlockRange(1, BLOCK, BLOCK), new BlockRange(1, 5, 100));

            byte[] read = (byte[]) harness.read(new Storage.Run(blocks, 13));

            int first = PIECE + BLOCK;
            assertThat(read).hasSize(13 + BLOCK + 13 + 100);
            assertThat(Arrays.copyOfRange(read, 13, 13 + BLOCK))
                    .isEqualTo(Arrays.copyOfRange(sample.content(), first, first + BLOCK));
            assertThat(Arrays.copyOfRange(read, BLOCK + 26, read.length))
                    .isEqualTo(Arrays.copyOfRange(sample.content(), PIECE + 5, PIECE + 105));
        }
    }

    @Test
    void blocksForNoPlaceAreOurMistake() {
        var sample = Sample.single("file", 2 * PIECE, 6);
        try (var harness = StorageHarness.on(sample, root)) {
            harness.opened();

            assertThatThrownBy(() -> harness.store(2, 0, ByteBuffer.allocate(BLOCK)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> harness.store(0, 0, ByteBuffer.allocate(BLOCK - 1)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void emptyFilesAreMadeAtOpeningAndPadFilesNever() {
        var sample = Sample.folder(7, 0, 100, -PIECE + 100, 0);

        try (var harness = StorageHarness.on(sample, root)) {
            harness.opened();
        }

        assertThat(root.resolve("downloads/folder/sub0/file0")).isEmptyFile();
        assertThat(root.resolve("downloads/folder/sub0/file3")).isEmptyFile();
        assertThat(root.resolve("downloads/folder/.pad")).doesNotExist();
        assertThat(root.resolve("downloads/folder/sub1/file1")).doesNotExist();
    }

    @Test
    void aReadOnlyStorageWritesNothingAndChecksWhatIsThere() throws Exception {
        var sample = Sample.folder(8, 100_000, 0, 100_000);
        sample.writeTo(root.resolve("downloads"));
        Files.delete(root.resolve("downloads/folder/sub1/file1"));
        try (var harness = StorageHarness.on(sample, root)) {
            harness.opened();
            harness.storage().close();
            Files.delete(harness.resumeFile);
            Files.delete(root.resolve("downloads/folder/sub1/file1"));

            assertThat(harness.reopen(true).opened().isFull()).isTrue();

            assertThat(harness.resumeFile).doesNotExist();
            assertThat(root.resolve("downloads/folder/sub1/file1")).doesNotExist();
            assertThat(harness.read(new BlockRange(1, 0, BLOCK)))
                    .isEqualTo(Arrays.copyOfRange(sample.content(), PIECE, PIECE + BLOCK));
        }
    }

    @Test
    void whatTheCallerHashedIsNotHashedAgain() throws Exception {
        var sample = Sample.single("file", 3 * PIECE, 9);
        sample.writeTo(root.resolve("downloads"));
        try (var harness = StorageHarness.on(sample, root)) {
            harness.opened();
            harness.storage().close();
            var hashed = dev.starling.metainfo.PieceSet.full(3);
            harness.seen().clear();

            try (var storage =
                    Storage.openVerified(
                            sample.info(), harness.target(true), harness.workers(), hashed)) {
                assertThat(harness.opened()).isEqualTo(hashed);
                assertThat(harness.seen()).hasSize(1);
                assertThat(storage).isNotNull();
            }
        }
    }

    @Test
    void aFileThatIsTooLongIsCutWhenItIsWritten() throws Exception {
        var sample = Sample.single("file", 2 * PIECE, 10);
        Files.createDirectories(root.resolve("downloads"));
        Files.write(root.resolve("downloads/file"), new byte[3 * PIECE]);

        try (var harness = StorageHarness.on(sample, root)) {
            harness.opened();
            harness.download(0, 2);
        }

        assertThat(sample.isCompleteIn(root.resolve("downloads"))).isTrue();
    }

    @Test
    void aNameThatThisSystemCannotWriteIsSaid() {
        var sample = Sample.single("half a \ud800 character", PIECE, 11);
        try (var harness = StorageHarness.on(sample, root)) {

            var failed = harness.await(StorageEvent.Failed.class);

            assertThat(failed.reason()).contains("half a").contains("cannot be written");
            assertThat(failed.hint()).contains("LC_ALL=C.UTF-8");
        }
    }
}
