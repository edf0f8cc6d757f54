package dev.starling.bench.micro;

import dev.starling.wire.WireDecoder;
import java.nio.ByteBuffer;
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

/// Decoding what a connection mostly receives, out of a direct buffer as it comes from a socket.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WireBenchmark {

    private static final int BLOCK_BYTES = 16 * 1024;
    private static final int HAVE = 4;
    private static final int REQUEST = 6;
    private static final int PIECE = 7;

    @Param({"have", "request", "piece"})
    private String message = "have";

    private final WireDecoder decoder = new WireDecoder();
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    @Setup
    public void prepare() {
        bytes = ByteBuffer.allocateDirect(BLOCK_BYTES + 64);
        switch (message) {
            case "have" -> bytes.putInt(5).put((byte) HAVE).putInt(7);
            case "request" ->
                    bytes.putInt(13).put((byte) REQUEST).putInt(7).putInt(0).putInt(BLOCK_BYTES);
            case "piece" ->
                    bytes.putInt(9 + BLOCK_BYTES)
                            .put((byte) PIECE)
                            .putInt(7)
                            .putInt(0)
                            .put(new byte[BLOCK_BYTES]);
            default -> throw new IllegalArgumentException(message + " is not measured here");
        }
        bytes.flip();
    }

    @Benchmark
    public WireDecoder.Result decode() {
        bytes.position(0);
        return decoder.next(bytes);
    }
}
