package dev.starling.disk;

import dev.starling.disk.FileAccess.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A small file of ours that comes into being whole, by renaming, and is then changed in place.
/// Confined to its owner's lock. What fails is a [FileProblem] that names it.
final class StateFile {

    private final Path path;
    private @Nullable OpenFile file;

    StateFile(Path path) {
        this.path = path;
    }

    /// What lies there, if it is just so long.
    Optional<byte[]> read(int lengthBytes) throws IOException {
        try {
            if (Files.size(path) != lengthBytes) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(path);
            return bytes.length == lengthBytes ? Optional.of(bytes) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw FileProblem.of(path, e);
        }
    }

    /// Writes the file anew and opens it for [#write].
    void replace(byte[] bytes) throws IOException {
        try {
            close();
            var folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            var fresh = path.resolveSibling(path.getFileName() + ".new");
            Files.write(fresh, bytes);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            file = SystemFiles.INSTANCE.open(path, FileAccess.Mode.WRITE_EXISTING);
        } catch (IOException e) {
            throw FileProblem.of(path, e);
        }
    }

    boolean isOpen() {
        return file != null;
    }

    void write(ByteBuffer data, long position) throws IOException {
        var open = file;
        if (open == null) {
            throw new IllegalStateException(path + " was not begun");
        }
        try {
            while (data.hasRemaining()) {
                position += open.write(data, position);
            }
        } catch (IOException e) {
            throw FileProblem.of(path, e);
        }
    }

    void close() throws IOException {
        var open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    /// Closes after the last write has been answered, when there is nothing left to lose.
    void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            file = null;
        }
    }
}
