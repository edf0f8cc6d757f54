package dev.starling.disk;

import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.InfoDictionary;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// The files of one torrent. All methods return at once; the work happens on the threads of
/// [DiskWorkers], in order, and reports come as [StorageEvent]s on the executor given at opening.
public final class Storage implements AutoCloseable {

    /// Where a torrent's bytes go and who is told.
    ///
    /// @param folder download folder; files lie below it, nothing outside it is ever touched
    /// @param resumeFile where verified pieces are remembered across restarts
    /// @param isReadOnly for seeding what lies elsewhere: nothing is created or written
    /// @param events called on `executor`
    public record Target(
            Path folder,
            Path resumeFile,
            boolean isReadOnly,
            Executor executor,
            Consumer<? super StorageEvent> events) {}

    /// Hands over a block read from disk, on a disk thread. `data` is valid until `release` runs.
    public interface ReadCallback {
        void read(BlockRange range, ByteBuffer data, Runnable release);

        void failed(BlockRange range, String reason);
    }

    /// Opens or creates the files, reads the resume data or checks what is there, then reports
    /// [StorageEvent.Opened].
    public static Storage open(InfoDictionary info, Target target, DiskWorkers workers) {
        throw new UnsupportedOperationException();
    }

    /// Writes a block and verifies its piece when complete. `data` (direct or heap) is the
    /// storage's until it runs `release`, from any thread.
    public void store(int pieceIndex, int offsetBytes, ByteBuffer data, Runnable release) {
        throw new UnsupportedOperationException();
    }

    public void read(BlockRange range, ReadCallback callback) {
        throw new UnsupportedOperationException();
    }

    /// Reports [StorageEvent.BlocksDigested] for the piece as stored now.
    public void digestBlocks(int pieceIndex) {
        throw new UnsupportedOperationException();
    }

    /// Finishes what is queued, writes the resume data, closes the files. Blocks the caller for at
    /// most a second or two.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
