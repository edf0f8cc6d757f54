package dev.starling.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BlockKeysProperties {

    @Test
    void theSetHoldsWhatANaiveSetHolds() {
        for (long seed = 1; seed <= 50; seed++) {
            var random = new SplittableRandom(seed);
            var keys = new BlockKeys();
            var naive = new TreeSet<Long>();
            for (int step = 0; step < 2_000; step++) {
                long key = BlockKeys.key(random.nextInt(20), random.nextInt(20));
                String when = "seed " + seed + " step " + step;
                if (random.nextInt(5) < 3) {
                    assertThat(keys.add(key)).as(when).isEqualTo(naive.add(key));
                } else {
                    assertThat(keys.remove(key)).as(when).isEqualTo(naive.remove(key));
                }
                assertThat(keys.size()).as(when).isEqualTo(naive.size());
                long other = BlockKeys.key(random.nextInt(20), random.nextInt(20));
                assertThat(keys.contains(other)).as(when).isEqualTo(naive.contains(other));
            }
            assertThat(keys.drain()).containsExactly(naive.stream().mapToLong(k -> k).toArray());
            assertThat(keys.isEmpty()).isTrue();
        }
    }

    @Test
    void aKeyTellsItsPieceAndBlock() {
        long key = BlockKeys.key(2_097_151, 32_767);

        assertThat(BlockKeys.piece(key)).isEqualTo(2_097_151);
        assertThat(BlockKeys.block(key)).isEqualTo(32_767);
    }
}
