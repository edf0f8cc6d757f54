package dev.starling.disk;

import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of one torrent. All methods return at once; the work happens on the threads of
/// [DiskWorkers], what concerns one piece in order, and reports come as [StorageEvent]s on the
/// executor given at opening. Thread-safe.
///
/// Files are sparse and made when their first byte is written; nothing outside the folder is ever
/// touched, not even by a symbolic link lying in it. What survives a crash, and what is believed
/// afterwards, is told in [ResumeFile], [BlockNotes] and [OpeningPlan].
public final class Storage implements AutoCloseable {

    /// Reads waiting at once; more than all connections of a busy seed may have in flight.
    static final int MAX_QUEUED_READS = 16_384;

    /// Blocks read together: as many bytes as one call to the network takes with profit.
    public static final int MAX_RUN_BLOCKS = 16;

    /// Room for the header of a message.
    static final int MAX_GAP_BYTES = 16;

    private static final long CLOSE_MILLIS = 1_500;

    private static final Logger log = LoggerFactory.getLogger(Storage.class);

    private final StoredTorrent torrent;
    private final List<PieceWriter> writers = new ArrayList<>();
    private final AtomicInteger queuedReads = new AtomicInteger();
    private volatile boolean isOpen;

    /// Where a torrent's bytes go and who is told.
    ///
    /// @param folder download folder; files lie below it, nothing outside it is ever touched
    /// @param resumeFile where verified pieces are remembered across restarts; beside it, with
    ///   `.blocks` after its name, blocks of others
    /// @param isReadOnly for seeding what lies elsewhere: nothing is created or written, not even
    ///   the resume file, and symbolic links are followed
    /// @param events called on `executor`
    public record Target(
            Path folder,
            Path resumeFile,
            boolean isReadOnly,
            Executor executor,
            Consumer<? super StorageEvent> events) {}

    /// Blocks of one piece to be read together.
    ///
    /// @param blocks at most [#MAX_RUN_BLOCKS]
    /// @param gapBytes room left before each of them, at most [#MAX_GAP_BYTES]
    public record Run(List<BlockRange> blocks, int gapBytes) {
        public Run {
            blocks = List.copyOf(blocks);
            if (blocks.isEmpty() || blocks.size() > MAX_RUN_BLOCKS || gapBytes > MAX_GAP_BYTES) {
                throw new IllegalStateException(blocks + " with gaps of " + gapBytes + " bytes");
            }
        }

        int pieceIndex() {
            return blocks.getFirst().pieceIndex();
        }

        int lengthBytes() {
            int length = 0;
            for (var block : blocks) {
                length += gapBytes + block.lengthBytes();
            }
            return length;
        }
    }

    /// Hands over what was read from disk, on a disk thread. `data` is valid until `release` runs,
    /// and the caller's to write in until then.
    public interface ReadCallback {
        void read(ByteBuffer data, Runnable release);

        void failed(String reason);
    }

    private Storage(StoredTorrent torrent) {
        this.torrent = torrent;
        for (var worker : torrent.workers().all()) {
            writers.add(new PieceWriter(torrent, worker));
        }
    }

    /// Opens the files, reads the resume data or checks what is there, then reports
    /// [StorageEvent.Opened]. Until then nothing may be stored or read.
    public static Storage open(InfoDictionary info, Target target, DiskWorkers workers) {
        return open(info, target, workers, Optional.empty());
    }

    /// Opens files of which the caller has just hashed every piece and found these right.
    public static Storage openVerified(
            InfoDictionary info, Target target, DiskWorkers workers, PieceSet verified) {
        return open(info, target, workers, Optional.of(verified.copy()));
    }

    private static Storage open(
            InfoDictionary info, Target target, DiskWorkers workers, Optional<PieceSet> verified) {
        var storage = new Storage(new StoredTorrent(info, target, workers));
        new StorageOpening(storage.torrent, verified, storage::opened).start();
        return storage;
    }

    private void opened(BlockSet written) {
        for (int piece : written.pieces()) {
            submit(piece, writer -> writer.resume(piece, written.of(piece)));
        }
        isOpen = true;
    }

    /// Writes a block and verifies its piece when complete, beginning at the latest with the next
    /// [DiskWorkers#wake]. `data` (direct or heap) is the storage's until it runs `release`, from
    /// any thread.
    public void store(int pieceIndex, int offsetBytes, ByteBuffer data, Runnable release) {
        requireOpen();
        var range = new BlockRange(pieceIndex, offsetBytes, data.remaining());
        if (torrent.isReadOnly()
                || !torrent.info().contains(range)
                || !range.equals(torrent.info().block(pieceIndex, range.blockIndex()))) {
            throw new IllegalStateException(range + " is no block to be stored here");
        }
        var block = StoredBlock.take(range, data.slice(), torrent.workers().budget(), release);
        int index = pieceIndex % writers.size();
        torrent.workers().all().get(index).add(new Storing(writers.get(index), block));
    }

    /// Reads blocks of a verified piece, beginning at the latest with the next [DiskWorkers#wake].
    public void read(Run run, ReadCallback callback) {
        requireOpen();
        int count = run.blocks().size();
        if (queuedReads.addAndGet(count) > MAX_QUEUED_READS) {
            queuedReads.addAndGet(-count);
            callback.failed("too many reads wait for the disk");
            return;
        }
        torrent.workers().of(run.pieceIndex()).add(new Reading(run, callback));
    }

    private void readNow(Run run, ReadCallback callback) {
        queuedReads.addAndGet(-run.blocks().size());
        var missing = missing(run);
        if (missing.isPresent()) {
            callback.failed(missing.get());
            return;
        }
        var buffers = torrent.workers().readBuffers();
        var buffer = buffers.take(run.lengthBytes());
        try {
            for (var block : run.blocks()) {
                int begin = buffer.position() + run.gapBytes();
                var part = buffer.duplicate().position(begin).limit(begin + block.lengthBytes());
                torrent.files().read(offset(block), part);
                buffer.position(part.limit());
            }
        } catch (IOException e) {
            buffers.giveBack(buffer);
            callback.failed(FileProblem.of(torrent.files().folder(), e).reason());
            return;
        }
        callback.read(buffer.flip(), new GiveBack(buffers, buffer));
    }

    /// Why the run cannot be read, if so.
    private Optional<String> missing(Run run) {
        for (var block : run.blocks()) {
            if (torrent.isClosed()
                    || !torrent.info().contains(block)
                    || !torrent.verified().contains(block.pieceIndex())) {
                return Optional.of("piece " + block.pieceIndex() + " is not here");
            }
        }
        return Optional.empty();
    }

    private long offset(BlockRange block) {
        return torrent.info().pieceOffset(block.pieceIndex()) + block.offsetBytes();
    }

    /// Reports [StorageEvent.BlocksDigested] for the piece as stored now; when the disk does not
    /// let itself be read, [StorageEvent.Stalled] instead.
    public void digestBlocks(int pieceIndex) {
        requireOpen();
        submit(pieceIndex, writer -> writer.digestBlocks(pieceIndex));
    }

    private void requireOpen() {
        if (!isOpen) {
            throw new IllegalStateException("the storage is not open yet");
        }
    }

    private void submit(int pieceIndex, Consumer<PieceWriter> task) {
        int index = pieceIndex % writers.size();
        var writer = writers.get(index);
        torrent.workers().all().get(index).submit(() -> task.accept(writer));
    }

    /// Finishes what is queued, writes the resume data, closes the files. Blocks the caller for at
    /// most a second or two. To be called before the workers are closed.
    @Override
    public void close() {
        boolean isDrained = finishQueued();
        torrent.markClosed();
        try {
            if (isDrained && !torrent.stall().isStalled() && torrent.resume().isBegun()) {
                torrent.watch().noteTouched();
                torrent.resume().end();
            }
        } catch (IOException e) {
            log.warn("the resume file was not finished: {}", e.getMessage());
        } finally {
            torrent.resume().close();
            torrent.notes().close();
            torrent.files().close();
        }
    }

    /// False when the disk is too slow to wait for; then the end is like a crash, and as safe.
    private boolean finishQueued() {
        var drained = new CountDownLatch(writers.size());
        for (int index = 0; index < writers.size(); index++) {
            submit(
                    index,
                    writer -> {
                        writer.end();
                        drained.countDown();
                    });
        }
        try {
            return drained.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    // Classes, not lambdas, for what is made for every block: making a lambda is slow until the
    // optimizing compiler has seen to it, and it comes late.

    private record Storing(PieceWriter writer, StoredBlock block) implements Runnable {
        @Override
        public void run() {
            writer.store(block);
        }
    }

    private final class Reading implements Runnable {

        private final Run run;
        private final ReadCallback callback;

        Reading(Run run, ReadCallback callback) {
            this.run = run;
            this.callback = callback;
        }

        @Override
        public void run() {
            readNow(run, callback);
        }
    }

    private record GiveBack(ReadBuffers buffers, ByteBuffer buffer) implements Runnable {
        @Override
        public void run() {
            buffers.giveBack(buffer);
        }
    }
}
