package dev.starling.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.metainfo.InfoWriter.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class InfoWriterTest {

    private static final byte[] ONE_HASH =
            "aaaaaaaaaaaaaaaaaaaa".getBytes(StandardCharsets.US_ASCII);

    @Test
    void oneFileIsWrittenWithSortedKeys() {
        var info = InfoWriter.single("x", 5, 16_384, ONE_HASH);

        assertThat(info.encoded())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo(
                        "d6:lengthi5e4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae");
        assertThat(info.isSingleFile()).isTrue();
    }

    @Test
    void aFolderIsWrittenInTheOrderGiven() {
        var info =
                InfoWriter.folder(
                        "x",
                        List.of(
                                new SourceFile(List.of("b"), 2),
                                new SourceFile(List.of("a", "é"), 3)),
                        16_384,
                        ONE_HASH);

        assertThat(info.encoded())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(
                        "d5:filesld6:lengthi2e4:pathl1:beed6:lengthi3e4:pathl1:a2:éeee4:name1:x"
                                + "12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae");
        assertThat(info.files())
                .containsExactly(
                        new FileEntry("x/b", 0, 2, false), new FileEntry("x/a/é", 2, 3, false));
    }

    @Test
    void transmissionWritesTheSameOfTheSameFile() {
        var theirs = TorrentTest.load("transmission-single").info();
        byte[] hashes = new byte[theirs.pieceCount() * 20];
        for (int i = 0; i < theirs.pieceCount(); i++) {
            theirs.pieceHash(i).copyTo(hashes, i * 20);
        }

        var ours = InfoWriter.single("single.bin", 100_000, 32_768, hashes);

        assertThat(ours.pieceHash(3)).isEqualTo(theirs.pieceHash(3));
        assertThat(ours.lengthBytes()).isEqualTo(theirs.lengthBytes());
        assertThat(((InfoReader.Loaded) InfoReader.read(ours.encoded())).info().files())
                .isEqualTo(theirs.files());
    }

    /// They could be read to be hashed, so they can be read to be served.
    @Test
    void filesThatAreHereKeepTheirNames() {
        var info =
                InfoWriter.folder(
                        "what?",
                        List.of(
                                new SourceFile(List.of("con"), 2),
                                new SourceFile(List.of("Con"), 3)),
                        16_384,
                        ONE_HASH);

        assertThat(info.name()).isEqualTo("what?");
        assertThat(info.files())
                .extracting(FileEntry::path)
                .containsExactly("what?/con", "what?/Con");
        assertThat(((InfoReader.Loaded) InfoReader.read(info.encoded())).info().files())
                .extracting(FileEntry::path)
                .containsExactly("what_/_con", "what_/_Con.1");
    }

    @Test
    void aTorrentThatNoOneLoadsIsOurMistake() {
        assertThatThrownBy(() -> InfoWriter.single("x", 0, 16_384, new byte[0]))
                .hasMessage("the torrent has no bytes");
        assertThatThrownBy(() -> InfoWriter.single("x", 16_385, 16_384, ONE_HASH))
                .hasMessage("2 pieces have hashes of 20 bytes, expected 40");
        assertThatThrownBy(() -> InfoWriter.folder("x", List.of(), 16_384, ONE_HASH))
                .hasMessage("the torrent has no files");
        assertThatThrownBy(() -> InfoWriter.single("a/b", 5, 16_384, ONE_HASH))
                .hasMessage("'a/b' names no file");
        assertThatThrownBy(() -> new SourceFile(List.of("a", ".."), 5))
                .hasMessage("'..' names no file");
    }
}
