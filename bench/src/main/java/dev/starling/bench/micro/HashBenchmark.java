package dev.starling.bench.micro;

import dev.starling.hash.HashAlgorithm;
import dev.starling.hash.HashLanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Sixteen messages, one after the other by the JDK and side by side in lanes. Divide the bytes of
/// all sixteen by the time.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HashBenchmark {

    private static final int MESSAGES = 16;
    private static final int GAP_BYTES = 64;

    @Param({"SHA_1", "SHA_256"})
    private HashAlgorithm algorithm = HashAlgorithm.SHA_1;

    @Param({"1024", "16384", "1048576"})
    private int messageBytes = 1_024;

    @Param({"1", "16"})
    private int lanes = 1;

    private final long[] starts = new long[MESSAGES];
    private byte[] result = new byte[HashAlgorithm.SHA_256.lengthBytes()];
    private ByteBuffer bytes;
    private MemorySegment segment;
    private MessageDigest digest;
    private Optional<HashLanes> vectors = Optional.empty();

    @Setup
    public void prepare() {
        bytes = ByteBuffer.allocateDirect(MESSAGES * (messageBytes + GAP_BYTES));
        segment = MemorySegment.ofBuffer(bytes);
        for (int i = 0; i < MESSAGES; i++) {
            starts[i] = (long) i * (messageBytes + GAP_BYTES);
        }
        digest = algorithm.messageDigest();
        if (lanes > 1) {
            vectors = HashLanes.of(algorithm);
        }
    }

    @Benchmark
    public byte[] sixteen() {
        if (lanes == 1) {
            for (long start : starts) {
                digest.update(
                        bytes.clear().position((int) start).limit((int) start + messageBytes));
                result = digest.digest();
            }
            return result;
        }
        var all = vectors.orElseThrow();
        all.begin();
        all.finish(segment, starts, messageBytes);
        for (int lane = 0; lane < MESSAGES; lane++) {
            all.digest(lane, result, 0);
        }
        return result;
    }
}
