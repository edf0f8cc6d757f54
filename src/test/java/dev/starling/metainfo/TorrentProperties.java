package dev.starling.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.Seeded;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TorrentProperties {

    private static final Path FOLDER = Path.of("/downloads/here");
    private static final List<String> SAMPLES =
            List.of("transmission-folder", "libtorrent-hybrid", "libtorrent-single-v1");

    /// Whatever is loaded keeps what [InfoDictionary] promises.
    @Test
    void mutatedTorrentsAreRefusedOrSound() {
        var samples = SAMPLES.stream().map(TorrentTest::file).toList();
        Seeded.forSeeds(
                10_000,
                random -> {
                    byte[] file = samples.get(random.nextInt(samples.size())).clone();
                    mutate(file, random);

                    switch (Torrent.read(file)) {
                        case Torrent.Refused(var reason) -> assertThat(reason).isNotBlank();
                        case Torrent.Loaded(var torrent) -> assertSound(torrent);
                    }
                });
    }

    private static void assertSound(Torrent torrent) {
        var info = torrent.info();
        long offset = 0;
        for (var file : info.files()) {
            assertThat(file.offsetBytes()).isEqualTo(offset);
            assertThat(file.lengthBytes()).isNotNegative();
            assertThat(FOLDER.resolve(file.path()).normalize().startsWith(FOLDER)).isTrue();
            offset += file.lengthBytes();
        }
        assertThat(info.lengthBytes()).isEqualTo(offset).isPositive();
        long last = info.pieceOffset(info.pieceCount() - 1);
        assertThat(last + info.pieceLength(info.pieceCount() - 1)).isEqualTo(offset);
        assertThat(info.pieceLength(info.pieceCount() - 1)).isPositive();
        assertThat(((Torrent.Loaded) Torrent.read(torrent.toBytes())).torrent().info().infoHash())
                .isEqualTo(info.infoHash());
    }

    private static void mutate(byte[] file, RandomGenerator random) {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(file.length);
            file[at] =
                    random.nextBoolean()
                            ? (byte) "deil0123456789:-./\\".charAt(random.nextInt(19))
                            : (byte) random.nextInt(256);
        }
    }
}
