package dev.starling.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.Seeded;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Lanes beside `MessageDigest`. On a machine without lanes nothing is compared.
class HashLanesProperties {

    private static final int DATA_BYTES = 8192;
    private static final int MAX_MESSAGE_BYTES = 700;

    @ParameterizedTest
    @EnumSource(HashAlgorithm.class)
    void messagesOfAnyLengthAnywhereHaveTheirDigests(HashAlgorithm algorithm) {
        Seeded.forSeeds(
                200,
                random -> {
                    byte[] bytes = random(random);
                    int length = random.nextInt(MAX_MESSAGE_BYTES);
                    long[] starts = starts(random, 1 + random.nextInt(16), length);

                    assertDigests(algorithm, bytes, starts, length, length / 64 / 2 * 64);
                });
    }

    @ParameterizedTest
    @EnumSource(HashAlgorithm.class)
    void anyNumberOfLanesMayBeUsed(HashAlgorithm algorithm) {
        for (int count = 1; count <= 16; count++) {
            var random = Seeded.random(count);

            assertDigests(algorithm, random(random), starts(random, count, 100), 100, 64);
        }
    }

    @ParameterizedTest
    @EnumSource(HashAlgorithm.class)
    void aMessageMayBeginAtAnyOffset(HashAlgorithm algorithm) {
        byte[] bytes = random(Seeded.random(1));
        for (int offset = 0; offset < 64; offset++) {
            assertDigests(algorithm, bytes, new long[] {offset, offset + 65}, 128, 128);
        }
    }

    @Test
    void everyLengthUpToThreeBlocksIsPaddedRightly() {
        byte[] bytes = random(Seeded.random(1));
        for (int length = 0; length <= 192; length++) {
            assertDigests(HashAlgorithm.SHA_1, bytes, new long[] {0, 1}, length, 0);
        }
    }

    /// From the heap and from native memory; the first bytes by one call, the rest by another.
    private static void assertDigests(
            HashAlgorithm algorithm, byte[] bytes, long[] starts, int lengthBytes, int firstBytes) {
        var direct = Arena.ofAuto().allocate(bytes.length);
        MemorySegment.copy(bytes, 0, direct, ValueLayout.JAVA_BYTE, 0, bytes.length);
        HashLanes.of(algorithm)
                .ifPresent(lanes -> {
                    for (var data : new MemorySegment[] {MemorySegment.ofArray(bytes), direct}) {
                        hash(lanes, data, starts, lengthBytes, firstBytes);
                        for (int lane = 0; lane < starts.length; lane++) {
                            byte[] digest = new byte[algorithm.lengthBytes()];
                            lanes.digest(lane, digest, 0);
                            var expected = algorithm.messageDigest();
                            expected.update(bytes, (int) starts[lane], lengthBytes);
                            assertThat(digest).isEqualTo(expected.digest());
                        }
                    }
                });
    }

    private static void hash(
            HashLanes lanes, MemorySegment data, long[] starts, int lengthBytes, int firstBytes) {
        lanes.begin();
        lanes.update(data, starts, firstBytes);
        long[] rest = Arrays.stream(starts).map(start -> start + firstBytes).toArray();
        lanes.finish(data, rest, lengthBytes - firstBytes);
    }

    private static byte[] random(RandomGenerator random) {
        byte[] bytes = new byte[DATA_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private static long[] starts(RandomGenerator random, int count, int lengthBytes) {
        return random.longs(count, 0, DATA_BYTES - lengthBytes + 1).toArray();
    }
}
