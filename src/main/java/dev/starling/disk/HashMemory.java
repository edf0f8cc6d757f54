package dev.starling.disk;

import dev.starling.disk.FileAccess.FileStamp;
import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The piece hashes of files and folders hashed before, so that what has not changed since is not
/// hashed again. Thread-safe.
///
/// A file has not changed when its path, length, modification time and, where the system has such,
/// device and inode are the same; a folder when that holds for each of its files and there is none
/// more or less. Whoever writes a file and puts its time back goes unnoticed. One file for each
/// path and piece length, which comes into being by renaming. Layout: magic 8, SHA-1 of all that
/// must be the same, SHA-1 of the hashes, the hashes.
public final class HashMemory {

    /// Paths remembered; beyond it those hashed longest ago are forgotten. One takes 20 bytes for
    /// each piece, 40 KiB of a usual torrent.
    static final int MAX_REMEMBERED = 100;

    /// A file this young may be written again without its time showing it: FAT counts in steps of
    /// two seconds.
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long MAGIC = 0x53544152_48534831L; // "STARHSH1"
    private static final int HEADER_BYTES = 8 + 2 * Sha1.LENGTH_BYTES;
    private static final String SUFFIX = ".hashes";

    private static final Logger log = LoggerFactory.getLogger(HashMemory.class);

    private final Path folder;

    /// @param folder made when there is something to remember
    public HashMemory(Path folder) {
        this.folder = folder;
    }

    /// What is hashed.
    ///
    /// @param path of the file or folder, no link
    /// @param stamps of the layout's files
    record Subject(
            Path path, int pieceLengthBytes, FileLayout layout, List<Optional<FileStamp>> stamps) {

        Subject {
            stamps = List.copyOf(stamps);
        }

        private Id id() {
            return digest(path + "\n" + pieceLengthBytes);
        }

        /// Of all that must be the same.
        private byte[] fingerprint() {
            var told = new StringBuilder(id().hex());
            for (int index = 0; index < stamps.size(); index++) {
                told.append('\0').append(layout.file(index).path());
                told.append('\0').append(stamps.get(index).map(FileStamp::toString).orElse("gone"));
            }
            return digest(told.toString()).toBytes();
        }

        private boolean isSettled(long nowNanos) {
            long latest = nowNanos - SETTLED_NANOS;
            return stamps.stream()
                    .flatMap(Optional::stream)
                    .allMatch(stamp -> stamp.modifiedNanos() < latest);
        }

        private static Id digest(String text) {
            return Id.of(Sha1.of(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /// The hashes of all pieces, if nothing has changed since they were remembered.
    Optional<byte[]> recall(Subject subject) {
        var file = file(subject);
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length <= HEADER_BYTES || ByteBuffer.wrap(bytes).getLong() != MAGIC) {
                return Optional.empty();
            }
            byte[] hashes = Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
            boolean isSame = Arrays.equals(bytes, encode(subject, hashes));
            return isSame ? Optional.of(hashes) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            log.warn("what was hashed before is not read: {}", e.toString());
            return Optional.empty();
        }
    }

    /// Keeps hashes for the next time, unless the files are so young that a change might not show.
    /// Failing to is no harm but the time to hash again.
    ///
    /// @param nowNanos wall clock, from before the first byte was read
    void remember(Subject subject, byte[] hashes, long nowNanos) {
        if (!subject.isSettled(nowNanos)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            var file = file(subject);
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.write(fresh, encode(subject, hashes));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            forgetOldest();
        } catch (IOException e) {
            log.warn("what was hashed is not remembered: {}", e.toString());
        }
    }

    private void forgetOldest() throws IOException {
        List<Remembered> all = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (var file : files) {
                all.add(new Remembered(file, Files.getLastModifiedTime(file)));
            }
        }
        all.sort(Comparator.comparing(Remembered::since).reversed());
        for (var old : all.subList(Math.min(MAX_REMEMBERED, all.size()), all.size())) {
            Files.deleteIfExists(old.file());
        }
    }

    private record Remembered(Path file, FileTime since) {}

    private static byte[] encode(Subject subject, byte[] hashes) {
        return ByteBuffer.allocate(HEADER_BYTES + hashes.length)
                .putLong(MAGIC)
                .put(subject.fingerprint())
                .put(Sha1.of(hashes))
                .put(hashes)
                .array();
    }

    private Path file(Subject subject) {
        return folder.resolve(subject.id().hex() + SUFFIX);
    }
}
