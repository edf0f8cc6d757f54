package dev.starling.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metainfo.BlockSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Blocks of unfinished pieces across restarts.
class BlockNotesTest {

    /// Three pieces of 32 blocks and one of 5, the last of them short.
    private static final Sample SAMPLE =
            Sample.inPieces(512 * 1024, "file", 3 * 512 * 1024 + 4 * 16_384 + 100, 1);

    @TempDir Path root;

    @Test
    void whatIsWrittenWhenAStorageClosesIsNotStoredAgain() {
        try (var harness = StorageHarness.on(SAMPLE, root)) {
            harness.opened();
            store(harness, 0, 0, 1, 2, 9, 31);
            store(harness, 3, 4);
            harness.storage().close();

            assertThat(harness.reopen(false).openedWith())
                    .isEqualTo(BlockSet.of(Map.of(0, bits(0, 1, 2, 9, 31), 3, bits(4))));
            storeAllBut(harness, 0, bits(0, 1, 2, 9, 31));
            assertThat(harness.await(StorageEvent.PieceVerified.class).pieceIndex()).isZero();
            store(harness, 3, 3, 2, 1, 0);
            assertThat(harness.await(StorageEvent.PieceVerified.class).pieceIndex()).isEqualTo(3);
        }
    }

    @Test
    void aCrashCostsFewerThanEightBlocksOfAPiece() throws Exception {
        try (var harness = StorageHarness.on(SAMPLE, root)) {
            harness.opened();
            for (int block = 0; block < 23; block++) {
                store(harness, 1, block);
            }
            harness.settle();

            var written = harness.reopen(false).openedWith();

            assertThat(written.pieces()).containsExactly(1);
            assertThat(written.of(1)).isEqualTo(first(16));
            storeAllBut(harness, 1, written.of(1));
            harness.await(StorageEvent.PieceVerified.class);
        }
    }

    @Test
    void aFalseNoteCostsItsPieceOnly() throws Exception {
        try (var harness = StorageHarness.on(SAMPLE, root)) {
            harness.opened();
            harness.store(2, 31); // The file reaches over the piece: its notes can be true.
            harness.settle();
            harness.storage().close();
            note(Map.of(2, bits(0, 1, 2, 31)));

            var written = harness.reopen(false).openedWith();
            assertThat(written.of(2)).as("%s", harness.seen()).isEqualTo(bits(0, 1, 2, 31));
            storeAllBut(harness, 2, written.of(2));

            assertThat(harness.await(StorageEvent.PieceFailed.class).pieceIndex()).isEqualTo(2);
            harness.storePiece(2);
            assertThat(harness.await(StorageEvent.PieceVerified.class).pieceIndex()).isEqualTo(2);
        }
    }

    /// The process died after the last block and before the piece's hash.
    @Test
    void aPieceOfWhichEveryBlockIsNotedIsHashedAtOnce() throws Exception {
        try (var harness = StorageHarness.on(SAMPLE, root)) {
            harness.opened();
            storeAllBut(harness, 0, bits(5));
            harness.storage().close();
            writeThrough(0, 5);
            note(Map.of(0, first(32)));

            var have = harness.reopen(false).opened();

            assertThat(have.contains(0)).isTrue();
            assertThat(have.size()).isEqualTo(1);
        }
    }

    @Test
    void blocksOfAFileThatIsGoneOrShorterAreNotBelieved() throws Exception {
        try (var harness = StorageHarness.on(SAMPLE, root)) {
            harness.opened();
            store(harness, 0, 1);
            store(harness, 2, 1);
            harness.storage().close();
            Files.delete(harness.folder.resolve("file"));

            assertThat(harness.reopen(false).openedWith()).isEqualTo(BlockSet.EMPTY);
        }
    }

    @Test
    void blocksThatAStallMayHaveLostAreForgotten() throws Exception {
        var files = new FaultyFiles();
        try (var harness = new StorageHarness(SAMPLE, root, files)) {
            harness.opened();
            for (int block = 0; block < 16; block++) {
                store(harness, 0, block);
            }
            harness.settle();
            files.full(true);
            store(harness, 0, 16);
            harness.await(StorageEvent.Stalled.class);
            files.full(false);
            harness.await(StorageEvent.Resumed.class);

            assertThat(harness.reopen(false).openedWith()).isEqualTo(BlockSet.EMPTY);
        }
    }

    @Test
    void moreThanRoomForIsNotNoted() throws Exception {
        var many = Sample.single("file", 300 * Sample.PIECE_BYTES, 3);
        var wanted = new TreeMap<Integer, BitSet>();
        for (int piece = 0; piece < 300; piece++) {
            wanted.put(piece, bits(1));
        }
        try (var notes = new BlockNotes(root.resolve("notes"), many.info())) {
            notes.begin(BlockSet.of(wanted));
            assertThat(notes.load().pieces()).hasSize(BlockNotes.MAX_PIECES);

            notes.note(299, bits(2));
            assertThat(notes.load().of(299)).isEqualTo(bits());
            notes.release(0);
            notes.note(299, bits(2));

            assertThat(notes.load().of(299)).isEqualTo(bits(2));
        }
    }

    @Test
    void aFileOfAnotherTorrentOrOfNoiseSaysNothingImpossible() throws Exception {
        var path = root.resolve("notes");
        var random = new Random(5);
        try (var notes = new BlockNotes(path, SAMPLE.info())) {
            notes.begin(BlockSet.of(Map.of(0, bits(1), 3, bits(0))));
            byte[] whole = Files.readAllBytes(path);
            for (int round = 0; round < 2_000; round++) {
                byte[] noise = whole.clone();
                for (int i = random.nextInt(64); i >= 0; i--) {
                    noise[random.nextInt(noise.length)] = (byte) random.nextInt();
                }
                boolean isCut = random.nextInt(8) == 0;
                Files.write(path, isCut ? Arrays.copyOf(noise, random.nextInt(99)) : noise);
                var read = notes.load();
                for (int piece : read.pieces()) {
                    assertThat(piece).isBetween(0, 3);
                    assertThat(read.of(piece).length())
                            .isLessThanOrEqualTo(SAMPLE.info().blockCount(piece));
                }
            }
        }
        try (var others = new BlockNotes(path, Sample.single("other", 99_999, 4).info())) {
            assertThat(others.load()).isEqualTo(BlockSet.EMPTY);
        }
    }

    private static void store(StorageHarness harness, int piece, int... blocks) {
        for (int block : blocks) {
            harness.store(piece, block);
        }
    }

    private static void storeAllBut(StorageHarness harness, int piece, BitSet there) {
        for (int block = 0; block < SAMPLE.info().blockCount(piece); block++) {
            if (!there.get(block)) {
                harness.store(piece, block);
            }
        }
    }

    /// Lays a block down behind the storage's back, as if it had written it, with the file's time.
    private void writeThrough(int piece, int block) throws IOException {
        var file = root.resolve("downloads").resolve("file");
        var time = Files.getLastModifiedTime(file);
        try (var out = SystemFiles.INSTANCE.open(file, FileAccess.Mode.WRITE_EXISTING)) {
            out.write(
                    SAMPLE.block(piece, block), SAMPLE.info().pieceOffset(piece) + block * 16_384L);
        }
        Files.setLastModifiedTime(file, time);
    }

    private void note(Map<Integer, BitSet> blocks) throws IOException {
        var path = root.resolve("state").resolve("resume.blocks");
        try (var notes = new BlockNotes(path, SAMPLE.info())) {
            notes.begin(BlockSet.of(blocks));
        }
    }

    private static BitSet first(int count) {
        var bits = new BitSet();
        bits.set(0, count);
        return bits;
    }

    private static BitSet bits(int... indexes) {
        var bits = new BitSet();
        for (int index : indexes) {
            bits.set(index);
        }
        return bits;
    }
}
