package dev.starling.bench;

import dev.starling.disk.DiskWorkers;
import dev.starling.disk.Storage;
import dev.starling.disk.StorageEvent;
import dev.starling.hash.Sha1;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.InfoWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Storing and verifying a torrent of 256 MiB from direct buffers, with as many blocks in flight as
/// the budget allows.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 8)
@Fork(1)
public class StorageBenchmark {

    private static final int PIECES = 256;
    private static final int PIECE_BYTES = 1 << 20;
    private static final int BLOCK_BYTES = BlockRange.BLOCK_BYTES;
    private static final int BLOCKS_IN_FLIGHT = 512;

    @Param("/dev/shm")
    private String folder = "/dev/shm";

    @Param({"1", "2"})
    private int threads = 1;

    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    private final Semaphore inFlight = new Semaphore(BLOCKS_IN_FLIGHT);
    private InfoDictionary info;
    private Path target;
    private DiskWorkers workers;
    private Storage storage;
    private CountDownLatch verified;

    @Setup(Level.Trial)
    public void describe() {
        byte[] bytes = new byte[PIECE_BYTES];
        new Random(1).nextBytes(bytes);
        piece.put(bytes).flip();
        byte[] hashes = new byte[PIECES * Sha1.LENGTH_BYTES];
        for (int i = 0; i < PIECES; i++) {
            System.arraycopy(Sha1.of(bytes), 0, hashes, i * Sha1.LENGTH_BYTES, Sha1.LENGTH_BYTES);
        }
        info = InfoWriter.single("file", (long) PIECES * PIECE_BYTES, PIECE_BYTES, hashes);
    }

    @Setup(Level.Iteration)
    public void open() throws IOException, InterruptedException {
        target = Files.createTempDirectory(Path.of(folder), "storage");
        verified = new CountDownLatch(PIECES);
        var opened = new CountDownLatch(1);
        workers = new DiskWorkers(threads, Long.MAX_VALUE, _ -> {});
        storage =
                Storage.open(
                        info,
                        new Storage.Target(
                                target,
                                target.resolve("resume"),
                                false,
                                Runnable::run,
                                event -> {
                                    if (event instanceof StorageEvent.Opened) {
                                        opened.countDown();
                                    } else if (event instanceof StorageEvent.PieceVerified) {
                                        verified.countDown();
                                    }
                                }),
                        workers);
        opened.await();
    }

    @Benchmark
    public void store() throws InterruptedException {
        for (int index = 0; index < PIECES; index++) {
            for (int offset = 0; offset < PIECE_BYTES; offset += BLOCK_BYTES) {
                inFlight.acquire();
                storage.store(index, offset, piece.slice(offset, BLOCK_BYTES), inFlight::release);
            }
            workers.wake();
        }
        verified.await();
    }

    @TearDown(Level.Iteration)
    public void remove() throws IOException {
        storage.close();
        workers.close();
        Files.deleteIfExists(target.resolve("file"));
        Files.deleteIfExists(target.resolve("resume"));
        Files.delete(target);
    }
}
