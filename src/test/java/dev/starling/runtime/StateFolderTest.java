package dev.starling.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.disk.TorrentMaker;
import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

    @TempDir private Path folder;

    @Test
    void metadataIsThereInTheNextRun() throws IOException {
        var info = info();
        new StateFolder(folder).saveMetadata(info);

        assertThat(new StateFolder(folder).metadata(info.infoHash()).map(InfoDictionary::encoded))
                .contains(info.encoded());
    }

    @Test
    void unknownTorrentHasNone() throws IOException {
        assertThat(new StateFolder(folder).metadata(Id.ZERO)).isEmpty();
    }

    @Test
    void damagedMetadataIsNotBelieved() throws IOException {
        var info = info();
        byte[] damaged = info.encoded();
        damaged[damaged.length / 2] ^= 1;
        Files.write(folder.resolve(info.infoHash().hex() + ".info"), damaged);

        assertThat(new StateFolder(folder).metadata(info.infoHash())).isEmpty();
    }

    private InfoDictionary info() throws IOException {
        var file = Files.write(folder.resolve("content"), new byte[100_000]);
        return TorrentMaker.make(file, OptionalInt.empty(), _ -> {});
    }
}
