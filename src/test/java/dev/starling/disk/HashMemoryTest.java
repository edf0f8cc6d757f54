package dev.starling.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashMemoryTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir Path root;
    private HashMemory memory;
    private Path file;

    @BeforeEach
    void makeFile() throws IOException {
        memory = new HashMemory(root.resolve("hashes"));
        file = Files.write(root.resolve("file"), new byte[100_000]);
        Files.setLastModifiedTime(file, LONG_AGO);
    }

    @Test
    void whatHasNotChangedIsNotReadAgain() throws Exception {
        var first = TorrentMaker.make(file, memory, _ -> {});
        List<Long> hashed = new ArrayList<>();

        var second = TorrentMaker.make(file, new HashMemory(root.resolve("hashes")), hashed::add);

        assertThat(first.isFromMemory()).isFalse();
        assertThat(second.isFromMemory()).isTrue();
        assertThat(hashed).isEmpty();
        assertThat(second.info().infoHash()).isEqualTo(first.info().infoHash());
    }

    @Test
    void whatHasChangedIsHashedAgain() throws Exception {
        var first = TorrentMaker.make(file, memory, _ -> {});
        byte[] other = new byte[100_000];
        other[70_000] = 1;
        Files.write(file, other);

        var second = TorrentMaker.make(file, memory, _ -> {});

        assertThat(second.isFromMemory()).isFalse();
        assertThat(second.info().infoHash()).isNotEqualTo(first.info().infoHash());
    }

    @Test
    void anotherFileOfTheSameTimeAndLengthIsHashed() throws Exception {
        var first = TorrentMaker.make(file, memory, _ -> {});
        byte[] other = new byte[100_000];
        other[0] = 1;
        Path fresh = Files.write(root.resolve("fresh"), other);
        Files.setLastModifiedTime(fresh, LONG_AGO);
        Files.move(file, root.resolve("kept"));
        Files.move(fresh, file);

        var second = TorrentMaker.make(file, memory, _ -> {});

        assertThat(second.isFromMemory()).isFalse();
        assertThat(second.info().infoHash()).isNotEqualTo(first.info().infoHash());
    }

    @Test
    void aFolderIsKnownUntilAFileComesOrGoes() throws Exception {
        var folder = root.resolve("folder");
        Sample.folder(1, 100_000, 0, 70_000).writeTo(root);
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(path, LONG_AGO);
            }
        }
        TorrentMaker.make(folder, memory, _ -> {});

        assertThat(TorrentMaker.make(folder, memory, _ -> {}).isFromMemory()).isTrue();

        Path empty = Files.createFile(folder.resolve("empty"));
        Files.setLastModifiedTime(empty, LONG_AGO);

        assertThat(TorrentMaker.make(folder, memory, _ -> {}).isFromMemory()).isFalse();
        assertThat(TorrentMaker.make(folder, memory, _ -> {}).isFromMemory()).isTrue();

        Files.delete(empty);

        assertThat(TorrentMaker.make(folder, memory, _ -> {}).isFromMemory()).isFalse();
    }

    @Test
    void aFileThatMayStillBeWrittenIsNotRemembered() throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
        TorrentMaker.make(file, memory, _ -> {});

        assertThat(TorrentMaker.make(file, memory, _ -> {}).isFromMemory()).isFalse();
    }

    @Test
    void aDamagedMemoryIsNotBelieved() throws Exception {
        TorrentMaker.make(file, memory, _ -> {});
        Path kept = remembered().getFirst();
        byte[] bytes = Files.readAllBytes(kept);
        for (int at : new int[] {0, 10, 30, bytes.length - 1}) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            Files.write(kept, damaged);

            assertThat(TorrentMaker.make(file, memory, _ -> {}).isFromMemory()).isFalse();
        }
        Files.write(kept, new byte[7]);

        assertThat(TorrentMaker.make(file, memory, _ -> {}).isFromMemory()).isFalse();
    }

    @Test
    void theOldestAreForgotten() throws Exception {
        for (int i = 0; i < HashMemory.MAX_REMEMBERED; i++) {
            Path old = Files.createDirectories(root.resolve("hashes")).resolve(i + ".hashes");
            Files.setLastModifiedTime(Files.write(old, new byte[1]), LONG_AGO);
        }

        TorrentMaker.make(file, memory, _ -> {});

        assertThat(remembered()).hasSize(HashMemory.MAX_REMEMBERED);
        assertThat(TorrentMaker.make(file, memory, _ -> {}).isFromMemory()).isTrue();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoHarm() throws Exception {
        Path taken = Files.createFile(root.resolve("taken"));

        var made = TorrentMaker.make(file, new HashMemory(taken), _ -> {});

        assertThat(made.info().lengthBytes()).isEqualTo(100_000);
    }

    private List<Path> remembered() throws IOException {
        try (var files = Files.list(root.resolve("hashes"))) {
            return files.toList();
        }
    }
}
