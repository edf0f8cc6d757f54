package dev.starling.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Optional;

/// The system's files, which fail on demand.
final class FaultyFiles implements FileAccess {

    private volatile boolean isFull;
    private volatile boolean isReadOnly;

    void full(boolean value) {
        isFull = value;
    }

    void readOnly(boolean value) {
        isReadOnly = value;
    }

    @Override
    public OpenFile open(Path path, Mode mode) throws IOException {
        boolean isWriting = mode == Mode.WRITE_EXISTING || mode == Mode.WRITE_OR_CREATE;
        if (isReadOnly && isWriting) {
            throw new AccessDeniedException(path.toString());
        }
        return new Faulty(SystemFiles.INSTANCE.open(path, mode));
    }

    @Override
    public Optional<FileStamp> stamp(Path path, boolean followLinks) throws IOException {
        return SystemFiles.INSTANCE.stamp(path, followLinks);
    }

    private final class Faulty implements OpenFile {

        private final OpenFile file;

        Faulty(OpenFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        /// A full disk takes a part of what it is given before it complains.
        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            if (!isFull) {
                return file.write(from, position);
            }
            if (from.remaining() < 1_000) {
                throw new IOException("No space left on device");
            }
            var part = from.slice(from.position(), from.remaining() - 900);
            int written = file.write(part, position);
            from.position(from.position() + written);
            return written;
        }

        @Override
        public void truncate(long lengthBytes) throws IOException {
            file.truncate(lengthBytes);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
