package dev.starling.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.hash.Sha1;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Torrents made by `transmission-create` 3.00 and libtorrent 2.0.8 of the same files; each
/// infohash is the one its maker prints.
class TorrentTest {

    @Test
    void infoHashIsTheOneTheMakerComputes() {
        assertThat(infoHash("transmission-single"))
                .isEqualTo("b52490aefc204c6d7de858f35edd38f2197551f1");
        assertThat(infoHash("transmission-folder"))
                .isEqualTo("b2fbf108baba15d7ab30736532f8e02287246cfa");
        assertThat(infoHash("libtorrent-single-v1"))
                .isEqualTo("450486ca33edb24744c6727bf0d848073fad627b");
        assertThat(infoHash("libtorrent-folder-v1"))
                .isEqualTo("67ad35fd87aa3f0f33fde048335ca5406fcbc134");
        assertThat(infoHash("libtorrent-padded-v1"))
                .isEqualTo("7803506054f2e2423907e556b3da4485be7bb4f3");
        assertThat(infoHash("libtorrent-hybrid"))
                .isEqualTo("f7fb867b44f110c3503d43c0180f50301c67a913");
    }

    @Test
    void oneFileLiesDirectlyInTheDownloadFolder() {
        var info = load("transmission-single").info();

        assertThat(info.name()).isEqualTo("single.bin");
        assertThat(info.isSingleFile()).isTrue();
        assertThat(info.files()).containsExactly(new FileEntry("single.bin", 0, 100_000, false));
        assertThat(info.pieceLengthBytes()).isEqualTo(32_768);
        assertThat(info.pieceCount()).isEqualTo(4);
        assertThat(info.pieceLength(3)).isEqualTo(100_000 - 3 * 32_768);
        assertThat(info.isPrivate()).isFalse();
    }

    @Test
    void filesOfAFolderFollowEachOther() {
        var info = load("libtorrent-folder-v1").info();

        assertThat(info.isSingleFile()).isFalse();
        assertThat(info.files())
                .containsExactly(
                        new FileEntry("folder/empty", 0, 0, false),
                        new FileEntry("folder/sub/b.txt", 0, 50_001, false),
                        new FileEntry("folder/sub/deep/c é.txt", 50_001, 7, false),
                        new FileEntry("folder/a.txt", 50_008, 20_000, false));
        assertThat(info.lengthBytes()).isEqualTo(70_008);
        assertThat(info.isPrivate()).isTrue();
    }

    @Test
    void hybridIsReadByItsFirstHalfWithItsPadding() {
        var info = load("libtorrent-hybrid").info();

        assertThat(info.files())
                .containsExactly(
                        new FileEntry("folder/a.txt", 0, 20_000, false),
                        new FileEntry("folder/.pad/12768", 20_000, 12_768, true),
                        new FileEntry("folder/empty", 32_768, 0, false),
                        new FileEntry("folder/sub/b.txt", 32_768, 50_001, false),
                        new FileEntry("folder/.pad/15535", 82_769, 15_535, true),
                        new FileEntry("folder/sub/deep/c é.txt", 98_304, 7, false),
                        new FileEntry("folder/.pad/16377", 98_311, 16_377, true));
    }

    @Test
    void aTorrentOfVersion2OnlyIsRefusedByName() {
        assertThat(Torrent.read(file("libtorrent-v2")))
                .isEqualTo(
                        new Torrent.Refused(
                                "a v2-only torrent: only v1 and hybrid torrents are read"));
    }

    @Test
    void readsWhatStandsBesideTheInfoDictionary() {
        var torrent = load("libtorrent-single-v1");

        assertThat(torrent.trackers())
                .containsExactly("http://tracker.invalid/announce", "udp://other.invalid:80");
        assertThat(torrent.nodes())
                .containsExactly(Endpoint.parse("198.18.0.1:6881").orElseThrow());
        assertThat(torrent.comment()).contains("made by libtorrent");
        assertThat(torrent.createdBy()).contains("libtorrent");
    }

    @Test
    void writesTheInfoDictionaryAsItWasRead() {
        for (String name : List.of("libtorrent-hybrid", "transmission-folder")) {
            var torrent = load(name);

            var again = ((Torrent.Loaded) Torrent.read(torrent.toBytes())).torrent();

            assertThat(again.info().encoded()).isEqualTo(torrent.info().encoded());
            assertThat(again.trackers()).isEqualTo(torrent.trackers());
            assertThat(again.nodes()).isEqualTo(torrent.nodes());
            assertThat(again.comment()).isEqualTo(torrent.comment());
            assertThat(again.createdBy()).isEqualTo(torrent.createdBy());
        }
    }

    @Test
    void anUnsortedInfoDictionaryKeepsItsHash() {
        String info = "d12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaa6:lengthi5e4:name1:xe";

        var torrent = ((Torrent.Loaded) read("d4:info" + info + "e")).torrent();

        assertThat(torrent.info().encoded()).isEqualTo(bytes(info));
        assertThat(torrent.info().infoHash()).isEqualTo(Id.of(Sha1.of(bytes(info))));
    }

    @Test
    void refusesWhatIsNoTorrentWithAReason() {
        assertThat(reason("")).startsWith("not a torrent file, at byte 0: ");
        assertThat(reason("<html>")).startsWith("not a torrent file, at byte 0: ");
        assertThat(reason("i5e")).isEqualTo("not a torrent file: it has no info dictionary");
        assertThat(reason("d8:announce3:abce"))
                .isEqualTo("not a torrent file: it has no info dictionary");
        assertThat(reason("d4:infoi5ee")).isEqualTo("the info dictionary is not a dictionary");
        assertThat(reason("d4:infodee")).isEqualTo("the torrent has no piece length");
    }

    @Test
    void nonsenseBesideTheInfoDictionaryIsPassedOver() {
        String info = "d6:lengthi5e4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae";

        var torrent =
                ((Torrent.Loaded)
                                read(
                                        "d8:announcei1e13:announce-listli1eli2e0:ee7:commentle4:info"
                                                + info
                                                + "5:nodesll0:i1eel9:not.an.ipi1eel7:1.2.3.4i0eeli5eee"
                                                + "e"))
                        .torrent();

        assertThat(torrent.trackers()).isEmpty();
        assertThat(torrent.nodes()).isEmpty();
        assertThat(torrent.comment()).isEqualTo(Optional.empty());
    }

    private static String infoHash(String name) {
        return load(name).info().infoHash().hex();
    }

    static Torrent load(String name) {
        return ((Torrent.Loaded) Torrent.read(file(name))).torrent();
    }

    private static Torrent.Result read(String bencode) {
        return Torrent.read(bytes(bencode));
    }

    private static String reason(String bencode) {
        return ((Torrent.Refused) read(bencode)).reason();
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] file(String name) {
        try (var in = TorrentTest.class.getResourceAsStream(name + ".torrent")) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
