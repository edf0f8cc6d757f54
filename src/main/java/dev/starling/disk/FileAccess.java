package dev.starling.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/// How files are reached: the seam at which tests put a disk that fills up or a file that vanishes.
interface FileAccess {

    /// What a file is opened for.
    enum Mode {
        /// Symbolic links are followed.
        READ,
        READ_NO_LINK,
        WRITE_EXISTING,
        WRITE_OR_CREATE
    }

    /// An open file. Thread-safe, as positional reads and writes are.
    interface OpenFile extends AutoCloseable {

        /// Bytes read, -1 at the end.
        int read(ByteBuffer into, long position) throws IOException;

        int write(ByteBuffer from, long position) throws IOException;

        void truncate(long lengthBytes) throws IOException;

        @Override
        void close() throws IOException;
    }

    /// What tells whether a file is still the one it was.
    ///
    /// @param key device and inode where the system has such
    record FileStamp(long lengthBytes, long modifiedNanos, Object key) {

        boolean isSameFile(FileStamp other) {
            return key.equals(other.key);
        }
    }

    OpenFile open(Path path, Mode mode) throws IOException;

    /// Empty where there is no regular file; a symbolic link counts only where it is followed.
    Optional<FileStamp> stamp(Path path, boolean followLinks) throws IOException;
}
