package dev.starling.disk;

import dev.starling.disk.FileAccess.FileStamp;
import java.nio.file.Path;
import java.util.Optional;

/// Opens a torrent's files for hashing only.
final class ReadOnlyFiles {

    private ReadOnlyFiles() {}

    static TorrentFiles of(FileLayout layout, Path folder, OpenFiles openFiles) {
        var shared = new TorrentFiles.Shared(SystemFiles.INSTANCE, openFiles);
        return new TorrentFiles(layout, SafeFolder.forReading(folder), shared, new Nothing());
    }

    /// Nothing is written.
    private static final class Nothing implements TorrentFiles.Keeper {

        @Override
        public boolean mayCreate(int fileIndex) {
            return false;
        }

        @Override
        public void writing(int fileIndex) {
            throw new IllegalStateException("file " + fileIndex + " was opened for hashing only");
        }

        @Override
        public void written(int fileIndex) {
            writing(fileIndex);
        }

        @Override
        public void opened(int fileIndex, Optional<FileStamp> stamp) {
            writing(fileIndex);
        }
    }
}
