package dev.starling.disk;

import dev.starling.disk.FileAccess.FileStamp;
import dev.starling.disk.FileAccess.Mode;
import dev.starling.disk.FileAccess.OpenFile;
import dev.starling.disk.FileLayout.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// The files of one torrent below its folder, read and written by the torrent's own offsets.
/// Thread-safe.
///
/// Pad files (BEP 47) do not exist: they read as zeros and are not written.
final class TorrentFiles {

    /// What torrents share.
    record Shared(FileAccess access, OpenFiles openFiles) {}

    /// Who is asked before a file changes and told after.
    interface Keeper {

        /// Whether the file may be made anew when it is not there.
        boolean mayCreate(int fileIndex);

        /// The file is about to be written.
        void writing(int fileIndex) throws IOException;

        /// The file has been written, if perhaps not as far as wanted.
        void written(int fileIndex);

        /// The file has been opened for writing and is this one.
        void opened(int fileIndex, Optional<FileStamp> stamp) throws IOException;
    }

    private final FileLayout layout;
    private final SafeFolder folder;
    private final Shared shared;
    private final Keeper keeper;
    private final OpenFiles.Opener opener = this::open;

    TorrentFiles(FileLayout layout, SafeFolder folder, Shared shared, Keeper keeper) {
        this.layout = layout;
        this.folder = folder;
        this.shared = shared;
        this.keeper = keeper;
    }

    FileLayout layout() {
        return layout;
    }

    Path folder() {
        return folder.path();
    }

    Path path(int fileIndex) {
        return folder.resolve(layout.file(fileIndex).path());
    }

    /// Makes sure that this system can write the files' names at all; every other method relies on
    /// it.
    void checkNames() throws FileProblem {
        for (var file : layout.files()) {
            try {
                folder.resolve(file.path());
            } catch (InvalidPathException e) {
                throw FileProblem.unwritableName(file.path());
            }
        }
    }

    /// Writes all of `data` at `offsetBytes` of the torrent.
    void write(long offsetBytes, ByteBuffer data) throws IOException {
        for (var span : layout.spans(offsetBytes, data.remaining())) {
            int end = data.position() + span.lengthBytes();
            if (layout.file(span.fileIndex()).isPadding()) {
                data.position(end);
            } else {
                int limit = data.limit();
                data.limit(end);
                write(span, data);
                data.limit(limit);
            }
        }
    }

    private void write(Span span, ByteBuffer data) throws IOException {
        try {
            keeper.writing(span.fileIndex());
            var handle = shared.openFiles().acquire(key(span), true, opener);
            try {
                long position = span.fileOffset();
                while (data.hasRemaining()) {
                    position += handle.file().write(data, position);
                }
            } finally {
                shared.openFiles().release(handle);
                keeper.written(span.fileIndex());
            }
        } catch (IOException e) {
            throw FileProblem.of(path(span.fileIndex()), e);
        }
    }

    /// Fills `into` from `offsetBytes` of the torrent.
    void read(long offsetBytes, ByteBuffer into) throws IOException {
        for (var span : layout.spans(offsetBytes, into.remaining())) {
            int limit = into.limit();
            into.limit(into.position() + span.lengthBytes());
            if (layout.file(span.fileIndex()).isPadding()) {
                while (into.hasRemaining()) {
                    into.put((byte) 0);
                }
            } else {
                read(span, into);
            }
            into.limit(limit);
        }
    }

    private void read(Span span, ByteBuffer into) throws IOException {
        try {
            var handle = shared.openFiles().acquire(key(span), false, opener);
            try {
                long position = span.fileOffset();
                while (into.hasRemaining()) {
                    int count = handle.file().read(into, position);
                    if (count < 0) {
                        throw FileProblem.tooShort(path(span.fileIndex()), span.end());
                    }
                    position += count;
                }
            } finally {
                shared.openFiles().release(handle);
            }
        } catch (IOException e) {
            throw FileProblem.of(path(span.fileIndex()), e);
        }
    }

    /// Makes the folders above a file and the file itself, which may be empty.
    void create(int fileIndex) throws IOException {
        openToWrite(fileIndex).close();
    }

    private OpenFile open(int fileIndex, boolean isWritable) throws IOException {
        return isWritable ? openToWrite(fileIndex) : openToRead(fileIndex);
    }

    private OpenFile openToWrite(int fileIndex) throws IOException {
        var entry = layout.file(fileIndex);
        var path = path(fileIndex);
        boolean mayCreate = keeper.mayCreate(fileIndex);
        try {
            folder.prepareParent(path, mayCreate);
            var mode = mayCreate ? Mode.WRITE_OR_CREATE : Mode.WRITE_EXISTING;
            var file = shared.access().open(path, mode);
            boolean isReady = false;
            try {
                keeper.opened(fileIndex, stamp(fileIndex));
                // What lies beyond is not the torrent's, and the file would never come out right.
                file.truncate(entry.lengthBytes());
                isReady = true;
            } finally {
                if (!isReady) {
                    file.close();
                }
            }
            return file;
        } catch (IOException e) {
            throw FileProblem.of(path, e);
        }
    }

    private OpenFile openToRead(int fileIndex) throws IOException {
        var path = path(fileIndex);
        folder.checkParent(path);
        return shared.access().open(path, folder.followsLinks() ? Mode.READ : Mode.READ_NO_LINK);
    }

    /// Empty where the file is not there.
    Optional<FileStamp> stamp(int fileIndex) throws IOException {
        var path = path(fileIndex);
        try {
            if (layout.file(fileIndex).isPadding()) {
                return Optional.empty();
            }
            folder.checkParent(path);
            return shared.access().stamp(path, folder.followsLinks());
        } catch (IOException e) {
            throw FileProblem.of(path, e);
        }
    }

    /// Closes every file; the next use opens it again.
    void close() {
        shared.openFiles().closeAll(this);
    }

    private OpenFiles.Key key(Span span) {
        return new OpenFiles.Key(this, span.fileIndex());
    }
}
