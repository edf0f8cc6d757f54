package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VerifiedSourcesTest {

    private final VerifiedSources sources = new VerifiedSources();
    private final Random random = new Random(1);

    @Test
    void nobodyIsVerifiedAtFirst() {
        assertThat(sources.contains(random.nextLong(), 1)).isFalse();
        assertThat(sources.contains(0, 1)).isFalse();
    }

    @Test
    void thousandsAreRememberedUntilTheirTimeIsUp() {
        long[] hashes = random.longs(20_000).toArray();
        for (long hash : hashes) {
            sources.add(hash, 5);
        }

        assertThat(LongStream.of(hashes))
                .allMatch(hash -> sources.contains(hash, VerifiedSources.LIFETIME_NANOS));
        assertThat(LongStream.of(hashes))
                .noneMatch(hash -> sources.contains(hash, VerifiedSources.LIFETIME_NANOS + 5));
    }

    @Test
    void beyondTheBoundTheNewestAreKept() {
        for (int i = 0; i < 4 * VerifiedSources.MAX_SOURCES; i++) {
            long hash = random.nextLong();
            sources.add(hash, 5 + i);
            assertThat(sources.contains(hash, 5 + i)).isTrue();
        }
    }
}
