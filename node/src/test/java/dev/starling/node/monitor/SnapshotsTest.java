package dev.starling.node.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SnapshotsTest {

    private final FakeNode node = new FakeNode();
    private long nowNanos = 7;
    private final Snapshots snapshots = new Snapshots(node, () -> nowNanos);

    @Test
    void whoAsksOftenGetsTheSameSnapshot() {
        for (int i = 0; i < 1_000; i++) {
            snapshots.now();
        }

        assertThat(node.asked).isEqualTo(1);
    }

    @Test
    void aSnapshotIsNoOlderThanHalfASecond() {
        snapshots.now();

        nowNanos += TimeUnit.MILLISECONDS.toNanos(500);

        assertThat(snapshots.now().uptimeMillis()).isEqualTo(500);
        assertThat(node.asked).isEqualTo(2);
    }
}
