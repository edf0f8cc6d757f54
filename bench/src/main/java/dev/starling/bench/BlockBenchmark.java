package dev.starling.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
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

/// The ways to hash and to write a piece of 1 MiB that comes as 64 blocks in direct buffers; what
/// `docs/benchmarks/disk.md` chose between.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BlockBenchmark {

    private static final int BLOCK_LENGTH_BYTES = 16 * 1024;
    private static final int BLOCKS = 64;

    /// Files are written anew, as a download does, until this many pieces are in one.
    private static final int FILE_PIECES = 512;

    private static final int GATHERED = 16;

    @Param("/dev/shm")
    private String folder = "/dev/shm";

    private final ByteBuffer[] blocks = new ByteBuffer[BLOCKS];
    private final ByteBuffer[] gathered = new ByteBuffer[GATHERED];
    private final ByteBuffer staging = ByteBuffer.allocateDirect(GATHERED * BLOCK_LENGTH_BYTES);
    private final byte[] heap = new byte[BLOCK_LENGTH_BYTES];
    private MessageDigest digest;
    private Path path;
    private FileChannel file;
    private int piece;

    @Setup(Level.Trial)
    public void prepare() throws IOException, NoSuchAlgorithmException {
        var random = new Random(1);
        for (int i = 0; i < BLOCKS; i++) {
            random.nextBytes(heap);
            blocks[i] = ByteBuffer.allocateDirect(BLOCK_LENGTH_BYTES).put(heap).flip();
        }
        digest = MessageDigest.getInstance("SHA-1");
        path = Files.createTempFile(Path.of(folder), "blocks", ".bench");
        file = FileChannel.open(path, StandardOpenOption.WRITE);
    }

    @TearDown(Level.Trial)
    public void remove() throws IOException {
        file.close();
        Files.delete(path);
    }

    @Benchmark
    public byte[] hashDirect() {
        for (var block : blocks) {
            digest.update(block.duplicate());
        }
        return digest.digest();
    }

    @Benchmark
    public byte[] hashThroughHeap() {
        for (var block : blocks) {
            block.duplicate().get(heap);
            digest.update(heap);
        }
        return digest.digest();
    }

    @Benchmark
    public void writeEach() throws IOException {
        long position = nextPosition();
        for (var block : blocks) {
            position += file.write(block.duplicate(), position);
        }
    }

    @Benchmark
    public void writeGathered() throws IOException {
        file.position(nextPosition());
        for (int from = 0; from < BLOCKS; from += GATHERED) {
            for (int i = 0; i < GATHERED; i++) {
                gathered[i] = blocks[from + i].duplicate();
            }
            long _ = file.write(gathered);
        }
    }

    @Benchmark
    public void writeStaged() throws IOException {
        long position = nextPosition();
        for (int from = 0; from < BLOCKS; from += GATHERED) {
            staging.clear();
            for (int i = 0; i < GATHERED; i++) {
                staging.put(blocks[from + i].duplicate());
            }
            position += file.write(staging.flip(), position);
        }
    }

    private long nextPosition() throws IOException {
        if (piece == FILE_PIECES) {
            piece = 0;
            file.truncate(0);
        }
        return (long) piece++ * BLOCKS * BLOCK_LENGTH_BYTES;
    }
}
