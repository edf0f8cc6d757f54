package dev.starling.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an info dictionary must say to be read, and how it is refused.
class InfoReaderTest {

    private static final String HASH = "20:aaaaaaaaaaaaaaaaaaaa";
    private static final String PIECES = "12:piece lengthi16384e6:pieces" + HASH;
    private static final String SINGLE = "d6:lengthi5e4:name1:x" + PIECES + "e";

    @Test
    void readsOneFile() {
        var info = load(SINGLE);

        assertThat(info.files()).containsExactly(new FileEntry("x", 0, 5, false));
        assertThat(info.pieceCount()).isEqualTo(1);
        assertThat(info.pieceLength(0)).isEqualTo(5);
        assertThat(info.pieceHash(0)).isEqualTo(Id.of(bytes("aaaaaaaaaaaaaaaaaaaa")));
        assertThat(info.encoded()).isEqualTo(bytes(SINGLE));
        assertThat(info.encodedLengthBytes()).isEqualTo(SINGLE.length());
    }

    /// One fault each; the bencode beside it says which.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    no piece length         | d6:lengthi5e4:name1:x6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    piece length is 0 bytes | d6:lengthi5e4:name1:x12:piece lengthi0e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    piece length is -16384  | d6:lengthi5e4:name1:x12:piece lengthi-16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    is 536870913 bytes      | d6:lengthi5e4:name1:x12:piece lengthi536870913e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    no piece length         | d6:lengthi5e4:name1:x12:piece length5:163846:pieces20:aaaaaaaaaaaaaaaaaaaae
                    no name                 | d6:lengthi5e12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    no name                 | d6:lengthi5e4:namei1e12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    the torrent has no length | d4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    a length of -1 bytes    | d6:lengthi-1e4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    a length of 9223372036854775807 bytes | d6:lengthi9223372036854775807e4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    has no bytes            | d6:lengthi0e4:name1:x12:piece lengthi16384e6:pieces0:e
                    no piece hashes         | d6:lengthi5e4:name1:x12:piece lengthi16384ee
                    hashes of 19 bytes, expected 20 | d6:lengthi5e4:name1:x12:piece lengthi16384e6:pieces19:aaaaaaaaaaaaaaaaaaae
                    hashes of 20 bytes, expected 40 | d6:lengthi16385e4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    2097153 pieces, limit 2097152 | d6:lengthi2097153e4:name1:x12:piece lengthi1e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    both a length and files | d5:filesld6:lengthi5e4:pathl1:aeee6:lengthi5e4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    the files are not a list | d5:filesi1e4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    no files                | d5:filesle4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    file 0 is not a dictionary | d5:filesli1ee4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    file 0 has no length    | d5:filesld4:pathl1:aeee4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    file 0 has a length of -5 | d5:filesld6:lengthi-5e4:pathl1:aeee4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    file 0 has no path      | d5:filesld6:lengthi5eee4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    file 0 has no path      | d5:filesld6:lengthi5e4:pathleee4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    file 0 has no path      | d5:filesld6:lengthi5e4:path1:aee4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    not made of strings     | d5:filesld6:lengthi5e4:pathl1:ai1eeee4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    v2-only                 | d12:meta versioni2e4:name1:x12:piece lengthi16384ee
                    v2-only                 | d9:file treede4:name1:x12:piece lengthi16384ee
                    version 3               | d6:lengthi5e12:meta versioni3e4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae
                    not a dictionary        | 4:spam
                    malformed at byte 0     | x
                    malformed at byte       | d6:length
                    ends after 2 of 3 bytes | de0
                    """)
    void refusesWithItsReason(String reason, String info) {
        assertThat(reason(info)).contains(reason);
    }

    @Test
    void lengthsThatTogetherOverflowAreRefused() {
        long half = FileList.MAX_LENGTH_BYTES / 2 + 1;
        String files = "ld6:lengthi%de4:pathl1:aeed6:lengthi%de4:pathl1:beee".formatted(half, half);

        assertThat(reason("d5:files" + files + "4:name1:x" + PIECES + "e"))
                .contains("more than " + FileList.MAX_LENGTH_BYTES);
    }

    @Test
    void foldersMayLieNinetyNineDeepAndNoDeeper() {
        String path = "l" + "1:a".repeat(99) + "e";

        assertThat(load(folder("d6:lengthi5e4:path" + path + "e")).files()).hasSize(1);
        assertThat(reason(folder("d6:lengthi5e4:path" + path.replaceFirst("1:a", "1:a1:a") + "e")))
                .contains("100 folders deep");
    }

    @Test
    void aPathLongerThanSystemsAllowIsRefused() {
        String element = "240:" + "a".repeat(240);

        assertThat(load(folder("d6:lengthi5e4:pathl" + element.repeat(12) + "ee")).files())
                .hasSize(1);
        assertThat(reason(folder("d6:lengthi5e4:pathl" + element.repeat(13) + "ee")))
                .contains("a path of 3134 bytes, limit 3072");
    }

    @Test
    void dictionariesNestedWithoutEndAreRefused() {
        assertThat(reason("d1:a".repeat(1_000_000))).contains("malformed");
        assertThat(
                        reason(
                                "d6:lengthi5e4:name1:x"
                                        + PIECES
                                        + "1:z"
                                        + "l".repeat(100)
                                        + "e".repeat(101)))
                .contains("malformed");
    }

    @Test
    void padFilesCountButAreNeverWritten() {
        var info =
                load(
                        folder(
                                "d6:lengthi1e4:pathl1:aee"
                                        + "d4:attr2:xp6:lengthi2e4:pathl4:.pad1:2ee"
                                        + "d4:attr1:p6:lengthi2ee" // needs no path
                                        + "d6:lengthi3e4:pathl21:_____padding_file_0_aee"
                                        + "d6:lengthi4e4:pathl1:bee"));

        assertThat(info.files())
                .containsExactly(
                        new FileEntry("x/a", 0, 1, false),
                        new FileEntry("x/.pad/2", 1, 2, true),
                        new FileEntry("x/.pad/2", 3, 2, true),
                        new FileEntry("x/.pad/3", 5, 3, true),
                        new FileEntry("x/b", 8, 4, false));
    }

    @Test
    void aSymbolicLinkIsNothing() {
        var info =
                load(
                        folder(
                                "d4:attr1:l6:lengthi9e4:pathl1:ae12:symlink pathl2:..3:etcee"
                                        + "d6:lengthi5e4:pathl1:aee"));

        assertThat(info.files())
                .containsExactly(
                        new FileEntry("x/.pad/0", 0, 0, true), new FileEntry("x/a", 0, 5, false));
    }

    @Test
    void namesInUtf8ArePreferred() {
        String file = "d6:lengthi5e4:pathl1:\u00e9e10:path.utf-8l2:\u00c3\u00a9ee";

        var info =
                load(
                        "d5:filesl"
                                + file
                                + "e4:name1:\u00e910:name.utf-82:\u00c3\u00a9"
                                + PIECES
                                + "e");

        assertThat(info.name()).isEqualTo("é");
        assertThat(info.files()).containsExactly(new FileEntry("é/é", 0, 5, false));
    }

    @Test
    void namesThatLeadOutOfTheFolderStayInIt() {
        var info =
                load(
                        "d5:filesld6:lengthi5e4:pathl2:..0:1:/6:passwdeee4:name5:../.."
                                + PIECES
                                + "e");

        assertThat(info.files()).containsExactly(new FileEntry("_/_/_/_/passwd", 0, 5, false));
        assertThat(load("d6:lengthi5e4:name11:/etc/passwd" + PIECES + "e").name())
                .isEqualTo("etcpasswd");
    }

    @Test
    void anyNumberButZeroMakesItPrivate() {
        assertThat(load(SINGLE).isPrivate()).isFalse();
        assertThat(load("d6:lengthi5e4:name1:x" + PIECES + "7:privatei0ee").isPrivate()).isFalse();
        assertThat(load("d6:lengthi5e4:name1:x" + PIECES + "7:privatei1ee").isPrivate()).isTrue();
    }

    @Test
    void bytesOfAnotherInfoHashAreRefused() {
        var right = Id.of(Sha1.of(bytes(SINGLE)));

        assertThat(InfoReader.read(bytes(SINGLE), right)).isInstanceOf(InfoReader.Loaded.class);
        assertThat(InfoReader.read(bytes(SINGLE), Id.ZERO))
                .isEqualTo(
                        new InfoReader.Refused(
                                "the infohash is " + right + ", expected " + Id.ZERO));
    }

    @Test
    void metadataBeyondItsBoundIsRefusedUnread() {
        assertThat(InfoReader.read(new byte[InfoReader.MAX_INFO_BYTES + 1]))
                .isEqualTo(
                        new InfoReader.Refused(
                                "the info dictionary has 33554433 bytes, limit 33554432"));
    }

    private static String folder(String files) {
        return "d5:filesl" + files + "e4:name1:x" + PIECES + "e";
    }

    private static InfoDictionary load(String info) {
        return switch (InfoReader.read(bytes(info))) {
            case InfoReader.Loaded(var loaded) -> loaded;
            case InfoReader.Refused(var reason) -> throw new AssertionError(reason);
        };
    }

    private static String reason(String info) {
        return switch (InfoReader.read(bytes(info))) {
            case InfoReader.Loaded _ -> "loaded";
            case InfoReader.Refused(var reason) -> reason;
        };
    }

    /// Each character is one byte.
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
