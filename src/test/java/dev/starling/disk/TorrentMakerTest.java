package dev.starling.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.metainfo.FileEntry;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorrentMakerTest {

    @TempDir Path root;

    @Test
    void aFolderBecomesATorrentOfAllItsFilesInOrder() throws Exception {
        var sample = Sample.folder(1, 100_000, 0, 70_000, 200_000);
        sample.writeTo(root);
        Files.writeString(root.resolve("folder/.hidden"), "seen");
        var hashed = new AtomicLong();

        var info = TorrentMaker.make(root.resolve("folder"), OptionalInt.of(32_768), hashed::set);

        assertThat(info.files())
                .extracting(FileEntry::path)
                .containsExactly(
                        "folder/.hidden",
                        "folder/sub0/file0",
                        "folder/sub0/file3",
                        "folder/sub1/file1",
                        "folder/sub2/file2");
        assertThat(hashed).hasValueGreaterThan(0);
        assertThat(TorrentMaker.lengthBytes(root.resolve("folder"))).isEqualTo(370_004);
        assertThat(check(info).isFull()).isTrue();
    }

    @Test
    void aFileBecomesATorrentOfItsName() throws Exception {
        var sample = Sample.single("a name", 3 * Sample.PIECE_BYTES + 1, 2);
        sample.writeTo(root);

        var info =
                TorrentMaker.make(
                        root.resolve("a name"), OptionalInt.of(Sample.PIECE_BYTES), _ -> {});

        assertThat(info.isSingleFile()).isTrue();
        assertThat(info.pieceCount()).isEqualTo(4);
        for (int piece = 0; piece < 4; piece++) {
            assertThat(info.pieceHash(piece)).isEqualTo(sample.info().pieceHash(piece));
        }
    }

    @Test
    void theSameFolderGivesTheSameInfoHash() throws Exception {
        var sample = Sample.folder(3, 1_000, 2_000, 3_000, 4_000);
        sample.writeTo(root.resolve("one"));
        sample.writeTo(root.resolve("other"));

        var one = TorrentMaker.make(root.resolve("one/folder"), OptionalInt.empty(), _ -> {});
        var other = TorrentMaker.make(root.resolve("other/folder"), OptionalInt.empty(), _ -> {});

        assertThat(one.infoHash()).isEqualTo(other.infoHash());
    }

    @Test
    void linksInAFolderAreLeftOutButThePathMayBeOne() throws Exception {
        Sample.folder(4, 1_000).writeTo(root);
        Files.writeString(root.resolve("secret"), "not named by the user");
        Files.createSymbolicLink(root.resolve("folder/link"), root.resolve("secret"));
        Files.createSymbolicLink(root.resolve("folder/up"), root);
        Files.createSymbolicLink(root.resolve("alias"), root.resolve("folder"));

        var info = TorrentMaker.make(root.resolve("alias"), OptionalInt.empty(), _ -> {});

        assertThat(info.files()).extracting(FileEntry::path).containsExactly("folder/sub0/file0");
    }

    @Test
    void whatCannotBeATorrentSaysWhy() throws Exception {
        Files.createDirectories(root.resolve("empty/nothing"));
        Files.createFile(root.resolve("zero"));

        assertThatThrownBy(() -> make("missing")).hasMessageContaining("missing does not exist");
        assertThatThrownBy(() -> make("empty")).hasMessageContaining("empty holds no file");
        assertThatThrownBy(() -> make("zero")).hasMessageContaining("zero is empty");
        assertThatThrownBy(() -> TorrentMaker.make(Path.of("/"), OptionalInt.empty(), _ -> {}))
                .hasMessageContaining("has no name");
    }

    @Test
    void aFileThatChangesWhileItIsReadIsNamed() throws Exception {
        Sample.folder(5, 10 * Sample.PIECE_BYTES, 10 * Sample.PIECE_BYTES).writeTo(root);
        var victim = root.resolve("folder/sub1/file1");

        assertThatThrownBy(() ->
                        makeWhile(
                                () -> Files.write(victim, new byte[9], StandardOpenOption.APPEND)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file1 changed while it was read");
        Sample.folder(5, 10 * Sample.PIECE_BYTES, 10 * Sample.PIECE_BYTES).writeTo(root);
        assertThatThrownBy(() -> makeWhile(() -> Files.write(victim, new byte[100])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file1");
    }

    @Test
    void tooManyPiecesAreRefused() {
        Sample sample = Sample.single("file", 3 << 20, 6);

        assertThatThrownBy(
                        () -> {
                            sample.writeTo(root);
                            TorrentMaker.make(root.resolve("file"), OptionalInt.of(1), _ -> {});
                        })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("choose longer pieces");
    }

    @Test
    void checkingFindsWhatIsMissingShortOrWrong() throws Exception {
        var sample = Sample.folder(7, 65_536, 65_536, 65_536, 65_536, -65_536);
        sample.writeTo(root);
        Files.delete(root.resolve("folder/sub0/file0"));
        Files.write(root.resolve("folder/sub1/file1"), new byte[65_536]);
        Files.write(root.resolve("folder/sub2/file2"), new byte[1]);
        var checked = new AtomicInteger();

        var right = TorrentChecker.check(sample.info(), root, _ -> checked.incrementAndGet());

        assertThat(right.size()).isEqualTo(2);
        assertThat(right.contains(3)).isTrue();
        assertThat(right.contains(4)).isTrue();
        assertThat(checked).hasValue(5);
        assertThatThrownBy(() -> TorrentChecker.check(sample.info(), root.resolve("no"), _ -> {}))
                .hasMessageContaining("is no folder");
    }

    private InfoDictionary make(String name) throws IOException {
        return TorrentMaker.make(root.resolve(name), OptionalInt.empty(), _ -> {});
    }

    private interface Change {
        void happen() throws IOException;
    }

    private void makeWhile(Change change) throws IOException {
        TorrentMaker.make(
                root.resolve("folder"),
                OptionalInt.of(Sample.PIECE_BYTES),
                _ -> {
                    try {
                        change.happen();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private PieceSet check(InfoDictionary info) throws IOException {
        return TorrentChecker.check(info, root, _ -> {});
    }
}
