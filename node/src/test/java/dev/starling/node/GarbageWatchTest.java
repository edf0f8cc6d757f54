package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GarbageWatchTest {

    private static final long MIB = 1 << 20;

    private long live;
    private long garbage;
    private int collections;

    private final GarbageWatch watch =
            new GarbageWatch(
                    () -> live + garbage,
                    () -> {
                        garbage = 0;
                        collections++;
                    });

    private int collectionsWith(long liveMib, long garbageMib) {
        live = liveMib * MIB;
        garbage += garbageMib * MIB;
        watch.look();
        return collections;
    }

    @Test
    void aSmallHeapIsLetBe() {
        assertThat(collectionsWith(10, 20)).isZero();
    }

    @Test
    void muchGarbageIsCollectedOnce() {
        assertThat(collectionsWith(60, 40)).isEqualTo(1);
        assertThat(collectionsWith(60, 0)).isEqualTo(1);
        assertThat(collectionsWith(60, 30)).isEqualTo(1);
        assertThat(collectionsWith(60, 40)).isEqualTo(2);
    }

    @Test
    void aHeapThatHoldsMuchMayWasteMore() {
        assertThat(collectionsWith(400, 0)).isEqualTo(1);
        assertThat(collectionsWith(400, 120)).isEqualTo(1);
        assertThat(collectionsWith(400, 20)).isEqualTo(2);
    }
}
