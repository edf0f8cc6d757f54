package dev.starling.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.disk.DiskWorkers.Pace;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.PieceSet;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A storage on real threads whose events are awaited one by one.
final class StorageHarness implements AutoCloseable {

    private static final Pace FAST = new Pace(5, 5);

    /// Only a broken storage makes anyone wait that long.
    private static final long PATIENCE_SECONDS = 60;

    final Sample sample;
    final Path folder;
    final Path resumeFile;
    final AtomicInteger blocksHeld = new AtomicInteger();
    private final BlockingQueue<StorageEvent> events = new LinkedBlockingQueue<>();
    private final List<StorageEvent> seen = new ArrayList<>();
    private final FileAccess access;
    private final long budgetBytes;
    private DiskWorkers workers;
    private Storage storage;

    StorageHarness(Sample sample, Path root, FileAccess access) {
        this(sample, root, access, 64 << 20);
    }

    StorageHarness(Sample sample, Path root, FileAccess access, long budgetBytes) {
        this.sample = sample;
        this.folder = root.resolve("downloads");
        this.resumeFile = root.resolve("state").resolve("resume");
        this.access = access;
        this.budgetBytes = budgetBytes;
        this.workers = newWorkers();
        this.storage = Storage.open(sample.info(), target(false), workers);
    }

    private DiskWorkers newWorkers() {
        return new DiskWorkers(2, new ByteBudget(budgetBytes, _ -> {}), access, FAST);
    }

    static StorageHarness on(Sample sample, Path root) {
        return new StorageHarness(sample, root, SystemFiles.INSTANCE);
    }

    Storage.Target target(boolean isReadOnly) {
        return new Storage.Target(folder, resumeFile, isReadOnly, Runnable::run, events::add);
    }

    Storage storage() {
        return storage;
    }

    DiskWorkers workers() {
        return workers;
    }

    /// Ends the threads and nothing else: the storage is never closed.
    void crash() {
        workers.close();
    }

    /// Opens again; without closing before, as after a crash.
    StorageHarness reopen(boolean isReadOnly) {
        crash();
        workers = newWorkers();
        events.clear();
        seen.clear();
        storage = Storage.open(sample.info(), target(isReadOnly), workers);
        return this;
    }

    PieceSet opened() {
        return await(StorageEvent.Opened.class).have();
    }

    /// Blocks of unverified pieces that the storage opens with.
    BlockSet openedWith() {
        return await(StorageEvent.Opened.class).written();
    }

    /// The next event of this kind; those before it are skipped but remembered.
    <T extends StorageEvent> T await(Class<T> kind) {
        try {
            while (true) {
                var event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(event).as("%s after %s", kind.getSimpleName(), seen).isNotNull();
                seen.add(event);
                if (kind.isInstance(event)) {
                    return kind.cast(event);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<StorageEvent> seen() {
        return seen;
    }

    void store(int pieceIndex, int blockIndex) {
        store(pieceIndex, blockIndex, sample.block(pieceIndex, blockIndex));
    }

    void store(int pieceIndex, int blockIndex, ByteBuffer data) {
        int offset = blockIndex * BlockRange.BLOCK_BYTES;
        blocksHeld.incrementAndGet();
        storage.store(pieceIndex, offset, data, blocksHeld::decrementAndGet);
        workers.wake();
    }

    void storePiece(int pieceIndex) {
        for (int block = 0; block < sample.info().blockCount(pieceIndex); block++) {
            store(pieceIndex, block);
        }
    }

    /// Waits until the disk threads have done all they were given so far.
    void settle() throws Exception {
        for (var worker : workers.all()) {
            var reached = new CompletableFuture<Void>();
            worker.submit(() -> reached.complete(null));
            reached.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /// Stores pieces one after another, awaiting each.
    void download(int fromPiece, int toPiece) {
        for (int piece = fromPiece; piece < toPiece; piece++) {
            storePiece(piece);
            assertThat(await(StorageEvent.PieceVerified.class).pieceIndex()).isEqualTo(piece);
        }
    }

    /// The bytes read, or the reason why not.
    Object read(BlockRange range) throws Exception {
        return read(new Storage.Run(List.of(range), 0));
    }

    Object read(Storage.Run run) throws Exception {
        var answer = new CompletableFuture<Object>();
        storage.read(
                run,
                new Storage.ReadCallback() {
                    @Override
                    public void read(ByteBuffer data, Runnable release) {
                        byte[] bytes = new byte[data.remaining()];
                        data.get(bytes);
                        release.run();
                        answer.complete(bytes);
                    }

                    @Override
                    public void failed(String reason) {
                        answer.complete(reason);
                    }
                });
        workers.wake();
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        storage.close();
        workers.close();
    }
}
