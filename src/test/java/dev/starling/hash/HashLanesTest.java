package dev.starling.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.starling.Seeded;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What lanes promise; where a machine has none, only that they are absent.
class HashLanesTest {

    /// Boxing vectors costs a hundred times what is hashed, so this is generous.
    private static final double MAX_ALLOCATED_SHARE = 0.01;

    /// HotSpot compiles what is hot after some thousands of calls.
    private static final int MAX_PASSES = 60_000;

    @Test
    void theExamplesOfTheStandardComeOutRight() {
        HashLanes.of(HashAlgorithm.SHA_1)
                .ifPresent(lanes ->
                        assertThat(HexFormat.of().formatHex(digest(lanes, "abc", 20)))
                                .isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d"));
        HashLanes.of(HashAlgorithm.SHA_256)
                .ifPresent(lanes ->
                        assertThat(HexFormat.of().formatHex(digest(lanes, "abc", 32)))
                                .isEqualTo(
                                        "ba7816bf8f01cfea414140de5dae2223"
                                                + "b00361a396177a9cb410ff61f20015ad"));
    }

    /// Where the compiler cannot keep vectors in registers it boxes them, which is a hundred times
    /// slower and shows as garbage.
    @ParameterizedTest
    @EnumSource(HashAlgorithm.class)
    void compiledLanesAllocateNothing(HashAlgorithm algorithm) {
        var data = Arena.ofAuto().allocate(16 * 4096);
        long[] starts = new long[16];
        Arrays.setAll(starts, i -> i * 4096L);

        HashLanes.of(algorithm)
                .ifPresent(lanes -> {
                    int passes = 0;
                    while (allocatedShare(lanes, data, starts) > MAX_ALLOCATED_SHARE) {
                        assertThat(++passes).isLessThan(MAX_PASSES);
                    }
                });
    }

    @Test
    void lanesAreAbsentWithoutTheModule() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(
                                java,
                                "-Xint",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Presence.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();

        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(said.strip()).isEqualTo("false");
    }

    @Test
    void onlyWholeBlocksMayBeFollowedByMore() {
        HashLanes.of(HashAlgorithm.SHA_1)
                .ifPresent(lanes -> {
                    var data = MemorySegment.ofArray(new byte[128]);
                    assertThatThrownBy(() -> lanes.update(data, new long[1], 65))
                            .isInstanceOf(IllegalArgumentException.class);
                    assertThatThrownBy(() -> lanes.update(data, new long[0], 64))
                            .isInstanceOf(IllegalArgumentException.class);
                    assertThatThrownBy(() -> lanes.update(data, new long[17], 64))
                            .isInstanceOf(IllegalArgumentException.class);
                });
    }

    @Test
    void aTrialTellsSlowFromFast() {
        HashLanes.of(HashAlgorithm.SHA_1)
                .ifPresent(lanes -> {
                    // The lanes end at the second reading of the clock, the digest at the third.
                    assertThat(trial(lanes, 0, 10, 30)).isEqualTo(LaneTrial.Verdict.FAST);
                    assertThat(trial(lanes, 0, 10, 20)).isEqualTo(LaneTrial.Verdict.SLOW);
                });
    }

    @Test
    void aTrialNoticesWrongDigests() {
        var wrong =
                new HashLanes() {
                    @Override
                    public int count() {
                        return 1;
                    }

                    @Override
                    public void begin() {}

                    @Override
                    public void update(MemorySegment data, long[] starts, long lengthBytes) {}

                    @Override
                    public void finish(MemorySegment data, long[] starts, long lengthBytes) {}

                    @Override
                    public void digest(int lane, byte[] target, int offset) {}
                };

        assertThat(trial(wrong, 0, 1, 100)).isEqualTo(LaneTrial.Verdict.WRONG);
    }

    private static LaneTrial.Verdict trial(HashLanes lanes, long... nanos) {
        var next = new AtomicLong();
        var random = Seeded.random(1);
        return new LaneTrial(
                        HashAlgorithm.SHA_1,
                        lanes,
                        random,
                        () -> nanos[(int) next.getAndIncrement()])
                .run();
    }

    private static byte[] digest(HashLanes lanes, String message, int lengthBytes) {
        byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
        byte[] digest = new byte[lengthBytes];
        lanes.begin();
        lanes.finish(MemorySegment.ofArray(bytes), new long[1], bytes.length);
        lanes.digest(0, digest, 0);
        return digest;
    }

    private static double allocatedShare(HashLanes lanes, MemorySegment data, long[] starts) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 4; i++) {
            lanes.update(data, starts, data.byteSize() / starts.length);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        return (double) allocated / (4 * data.byteSize());
    }

    /// Says whether there are lanes; run without the module.
    static final class Presence {

        public static void main(String[] args) {
            System.out.println(HashLanes.of(HashAlgorithm.SHA_1).isPresent());
        }
    }
}
