package dev.starling.crawler.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.starling.id.Id;
import org.junit.jupiter.api.Test;

final class KeyspaceTallyTest {

    private final KeyspaceTally tally = new KeyspaceTally();

    private double swept(int cell) {
        return tally.keyspace().cells().get(cell).swept();
    }

    private long nodes(int from, int to) {
        return tally.keyspace().cells().subList(from, to).stream()
                .mapToLong(Keyspace.Cell::nodes)
                .sum();
    }

    @Test
    void infoHashesAreCountedByTheirFirstByte() {
        tally.infoHash(new Id(0xff00_0000_0000_0001L, 0, 0));
        tally.infoHash(new Id(0x7fff_ffff_ffff_ffffL, 0, 0));

        assertThat(tally.keyspace().cells().get(255).infoHashes()).isOne();
        assertThat(tally.keyspace().cells().get(127).infoHashes()).isOne();
    }

    @Test
    void zonesOfAnySizeAddUp() {
        tally.swept(1, 2, 130);
        assertThat(swept(63)).isZero();
        assertThat(swept(64)).isOne();
        assertThat(swept(127)).isOne();
        assertThat(swept(128)).isZero();

        tally.swept(3, 10, 7);
        tally.swept(2, 10, 8);
        assertThat(swept(0)).isEqualTo(0.5);

        assertThat(tally.keyspace().cells().getFirst().nodes()).isEqualTo(15);
        assertThat(nodes(64, 128)).isEqualTo(130);

        tally.sweepBegins();
        assertThat(nodes(0, 256)).isZero();
        assertThat(swept(64)).isZero();
    }

    @Test
    void theWholeKeyspaceIsOneZone() {
        tally.swept(0, 0, 1_000);

        assertThat(tally.keyspace().cells()).allMatch(cell -> cell.swept() == 1);
        assertThat(nodes(0, 256)).isEqualTo(1_000);
    }

    @Test
    void zonesThatAreNoneAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> tally.swept(4, 2, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> tally.swept(-1, 2, 0));
    }
}
