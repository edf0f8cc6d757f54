package dev.starling.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metainfo.BlockRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageFaultTest {

    private static final int PIECE = Sample.PIECE_BYTES;

    @TempDir Path root;

    private final FaultyFiles disk = new FaultyFiles();

    @Test
    void aFullDiskStallsAndGoesOnOnceThereIsRoom() throws Exception {
        var sample = Sample.single("file", 6 * PIECE, 1);
        try (var harness = new StorageHarness(sample, root, disk)) {
            harness.opened();
            harness.download(0, 3);

            disk.full(true);
            harness.storePiece(3);
            var stalled = harness.await(StorageEvent.Stalled.class);
            harness.storePiece(4);
            harness.settle();
            disk.full(false);
            harness.await(StorageEvent.Resumed.class);
            harness.download(3, 6);

            assertThat(stalled.reason()).isEqualTo("no space is left for " + file("file"));
            assertThat(stalled.hint()).contains("free some space");
            assertThat(harness.seen()).noneMatch(StorageEvent.PieceFailed.class::isInstance);
            assertThat(harness.blocksHeld).hasValue(0);
        }
        assertThat(sample.isCompleteIn(root.resolve("downloads"))).isTrue();
    }

    @Test
    void whatWasVerifiedBeforeAStallIsHadAfterACrash() {
        var sample = Sample.single("file", 6 * PIECE, 2);
        try (var harness = new StorageHarness(sample, root, disk)) {
            harness.opened();
            harness.download(0, 3);
            disk.full(true);
            harness.storePiece(3);
            harness.await(StorageEvent.Stalled.class);
            disk.full(false);

            var have = harness.reopen(false).opened();

            assertThat(have.size()).isEqualTo(3);
            assertThat(harness.seen()).noneMatch(StorageEvent.Checking.class::isInstance);
        }
    }

    @Test
    void aReadOnlyFolderStallsUntilItCanBeWritten() throws Exception {
        var sample = Sample.folder(3, PIECE, PIECE);
        disk.readOnly(true);
        try (var harness = new StorageHarness(sample, root, disk)) {
            harness.opened();

            harness.storePiece(0);
            var stalled = harness.await(StorageEvent.Stalled.class);
            disk.readOnly(false);
            harness.await(StorageEvent.Resumed.class);
            harness.download(0, 2);

            assertThat(stalled.reason())
                    .isEqualTo(file("folder/sub0/file0") + " cannot be opened: permission denied");
        }
        assertThat(sample.isCompleteIn(root.resolve("downloads"))).isTrue();
    }

    @Test
    void openingWaitsForAFolderThatCanBeWritten() {
        var sample = Sample.folder(4, PIECE, 0);
        disk.readOnly(true);
        try (var harness = new StorageHarness(sample, root, disk)) {

            var stalled = harness.await(StorageEvent.Stalled.class);
            disk.readOnly(false);
            harness.await(StorageEvent.Resumed.class);

            assertThat(stalled.reason()).contains("folder/sub1/file1");
            assertThat(harness.opened().isEmpty()).isTrue();
        }
    }

    @Test
    void openingWaitsForAPlaceForTheResumeFile() throws Exception {
        var sample = Sample.single("file", PIECE, 5);
        Files.writeString(root.resolve("state"), "a file where a folder must be");
        try (var harness = new StorageHarness(sample, root, disk)) {

            var stalled = harness.await(StorageEvent.Stalled.class);
            Files.delete(root.resolve("state"));

            assertThat(stalled.reason()).contains(root.resolve("state").toString());
            harness.opened();
            harness.download(0, 1);
        }
    }

    @Test
    void aVanishedFileStallsUntilItIsPutBack() throws Exception {
        var sample = Sample.single("file", 6 * PIECE, 6);
        try (var harness = new StorageHarness(sample, root, disk)) {
            harness.opened();
            harness.download(0, 3);

            Files.move(file("file"), root.resolve("away"));
            harness.store(3, 0);
            var stalled = harness.await(StorageEvent.Stalled.class);
            Files.move(root.resolve("away"), file("file"));
            harness.await(StorageEvent.Resumed.class);
            harness.download(3, 6);

            assertThat(stalled.reason()).isEqualTo(file("file") + " has vanished");
        }
        assertThat(sample.isCompleteIn(root.resolve("downloads"))).isTrue();
    }

    @Test
    void aVanishedFileMayComeBackAsACopy() throws Exception {
        var sample = Sample.single("file", 6 * PIECE, 7);
        try (var harness = new StorageHarness(sample, root, disk)) {
            harness.opened();
            harness.download(0, 3);

            Files.move(file("file"), root.resolve("away"));
            harness.store(3, 0);
            harness.await(StorageEvent.Stalled.class);
            Files.copy(root.resolve("away"), file("file"));
            harness.await(StorageEvent.Resumed.class);
            harness.download(3, 6);
        }
        assertThat(sample.isCompleteIn(root.resolve("downloads"))).isTrue();
    }

    @Test
    void aFileReplacedByAnotherIsNotBelieved() throws Exception {
        var sample = Sample.single("file", 6 * PIECE, 8);
        try (var harness = new StorageHarness(sample, root, disk)) {
            harness.opened();
            harness.download(0, 4);

            Files.move(file("file"), root.resolve("away"));
            byte[] other = Files.readAllBytes(root.resolve("away"));
            other[PIECE] ^= 1;
            Files.write(file("file"), other);
            harness.store(4, 0);
            var stalled = harness.await(StorageEvent.Stalled.class);
            var have = harness.reopen(false).opened();

            assertThat(stalled.reason()).isEqualTo(file("file") + " is not the file it was");
            assertThat(have.size()).isEqualTo(3);
            assertThat(have.contains(1)).isFalse();
            harness.download(1, 2);
            harness.download(4, 6);
        }
        assertThat(sample.isCompleteIn(root.resolve("downloads"))).isTrue();
    }

    @Test
    void readingFromAVanishedFileFailsAndNamesIt() throws Exception {
        var sample = Sample.single("file", 2 * PIECE, 9);
        sample.writeTo(root.resolve("downloads"));
        try (var harness = new StorageHarness(sample, root, disk)) {
            harness.opened();

            Files.delete(file("file"));
            var run = new Storage.Run(List.of(new BlockRange(0, 0, 1)), 0);
            harness.storage().read(run, new Ignore());

            assertThat(harness.read(new BlockRange(1, 0, 1)))
                    .isInstanceOf(byte[].class); // The open file is still there.
            harness.workers().shared().openFiles().close();
            assertThat(harness.read(new BlockRange(1, 0, 1)))
                    .isEqualTo(file("file") + " has vanished");
        }
    }

    private static final class Ignore implements Storage.ReadCallback {
        @Override
        public void read(java.nio.ByteBuffer data, Runnable release) {
            release.run();
        }

        @Override
        public void failed(String reason) {}
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsNotFollowed() throws Exception {
        var sample = Sample.folder(10, PIECE, PIECE);
        var outside = Files.createDirectory(root.resolve("outside"));
        Files.createDirectories(root.resolve("downloads/folder"));
        var link = Files.createSymbolicLink(root.resolve("downloads/folder/sub0"), outside);
        try (var harness = new StorageHarness(sample, root, disk)) {

            var stalled = harness.await(StorageEvent.Stalled.class);
            assertThat(stalled.reason()).contains(link.toString()).contains("symbolic link");
            Files.delete(link);
            harness.opened();
            harness.download(0, 2);
        }

        assertThat(outside).isEmptyDirectory();
        assertThat(sample.isCompleteIn(root.resolve("downloads"))).isTrue();
    }

    @Test
    void aLinkMadeWhileDownloadingIsNotFollowedEither() throws Exception {
        var sample = Sample.folder(11, PIECE, PIECE, PIECE);
        var outside = Files.createDirectory(root.resolve("outside"));
        try (var harness = new StorageHarness(sample, root, disk)) {
            harness.opened();
            harness.download(0, 1);

            var link =
                    Files.createSymbolicLink(
                            root.resolve("downloads/folder/sub1"), Path.of("../../outside"));
            harness.storePiece(1);
            harness.await(StorageEvent.Stalled.class);
            Files.delete(link);
            harness.await(StorageEvent.Resumed.class);
            harness.download(1, 3);
        }

        assertThat(outside).isEmptyDirectory();
        assertThat(sample.isCompleteIn(root.resolve("downloads"))).isTrue();
    }

    @Test
    void aFileThatIsALinkIsNotWritten() throws Exception {
        var sample = Sample.single("file", PIECE, 12);
        var victim = Files.writeString(root.resolve("victim"), "precious");
        Files.createDirectories(root.resolve("downloads"));
        Files.createSymbolicLink(file("file"), victim);
        try (var harness = new StorageHarness(sample, root, disk)) {
            harness.opened();

            harness.storePiece(0);
            var stalled = harness.await(StorageEvent.Stalled.class);
            Files.delete(file("file"));
            harness.await(StorageEvent.Resumed.class);
            harness.download(0, 1);

            assertThat(stalled.reason())
                    .isEqualTo(file("file") + " is a symbolic link, so it is not written");
        }
        assertThat(victim).hasContent("precious");
    }

    private Path file(String name) {
        return root.resolve("downloads").resolve(name);
    }
}
