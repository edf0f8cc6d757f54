package dev.starling.crawler.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyspaceTallyTest {

    private final KeyspaceTally tally = new KeyspaceTally();

    private double swept(int cell) {
        return tally.keyspace().cells().get(cell).swept();
    }

    private List<Long> nodes() {
        return tally.keyspace().cells().stream().map(Keyspace.Cell::nodes).toList();
    }

    @Test
    void infoHashesAreCountedByTheirFirstByte() {
        tally.infoHash(new Id(0xff00_0000_0000_0001L, 0, 0));
        tally.infoHash(new Id(0x7fff_ffff_ffff_ffffL, 0, 0));

        assertThat(tally.keyspace().cells().get(255).infoHashes()).isOne();
        assertThat(tally.keyspace().cells().get(127).infoHashes()).isOne();
    }

    @Test
    void nodesAreCountedByTheirFirstByte() {
        tally.node(new Id(0x10ff_0000_0000_0000L, 0, 0));
        tally.node(new Id(0x6b00_0000_0000_0001L, 0, 0));
        tally.node(new Id(0xa0ff_ffff_ffff_ffffL, 0, 0));
        tally.node(new Id(0xa000_0000_0000_0000L, 0, 0));
        tally.swept(0, 0);

        List<Long> expected = new ArrayList<>(Collections.nCopies(256, 0L));
        expected.set(0x10, 1L);
        expected.set(0x6b, 1L);
        expected.set(0xa0, 2L);
        assertThat(nodes()).isEqualTo(expected);
    }

    @Test
    void zonesOfAnySizeAddUp() {
        tally.swept(1, 2);
        assertThat(swept(63)).isZero();
        assertThat(swept(64)).isOne();
        assertThat(swept(127)).isOne();
        assertThat(swept(128)).isZero();

        tally.swept(3, 10);
        tally.swept(2, 10);
        assertThat(swept(0)).isEqualTo(0.5);
    }

    @Test
    void aSweepBeginsWithNothingButTheInfohashesFound() {
        tally.infoHash(new Id(0, 0, 1));
        tally.node(new Id(0, 0, 1));
        tally.swept(1, 2);

        tally.sweepBegins();

        assertThat(tally.keyspace().cells().getFirst()).isEqualTo(new Keyspace.Cell(0, 1, 0));
        assertThat(swept(64)).isZero();
    }

    @Test
    void theWholeKeyspaceIsOneZone() {
        tally.swept(0, 0);

        assertThat(tally.keyspace().cells()).allMatch(cell -> cell.swept() == 1);
    }

    @Test
    void zonesThatAreNoneAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> tally.swept(4, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> tally.swept(-1, 2));
    }
}
