package dev.starling.bench;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
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

/// What hashing one 16 KiB block takes: the least that verifying a download can cost.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DigestBenchmark {

    private static final int BLOCK_LENGTH_BYTES = 16 * 1024;

    @Param({"SHA-1", "SHA-256"})
    private String algorithm = "SHA-1";

    private final byte[] block = new byte[BLOCK_LENGTH_BYTES];
    private MessageDigest digest;

    @Setup
    public void prepare() throws NoSuchAlgorithmException {
        new Random(1).nextBytes(block);
        digest = MessageDigest.getInstance(algorithm);
    }

    @Benchmark
    public byte[] block() {
        return digest.digest(block);
    }
}
