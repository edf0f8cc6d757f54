package dev.starling.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwarmSimTest {

    private static final int PIECE_BYTES = 64 * 1024;
    private static final double FAST = 4e6;
    private static final double SLOW = 4e5;

    @Test
    void aMagnetLinkAloneLeadsToTheWholeContent() {
        var world = new SimSwarm(1, 40, PIECE_BYTES);
        world.seed(SimConduct.HONEST, FAST);
        var leecher = world.magnet(FAST);

        boolean done = world.runUntil(leecher.disk()::isComplete, Duration.ofMinutes(1));

        assertThat(done).isTrue();
        assertThat(leecher.status().wastedBytes()).isZero();
    }

    @Test
    void tenPeersFinishWithAPoisonerAndALeecherAmongThem() {
        var world = new SimSwarm(2, 40, PIECE_BYTES);
        world.seed(SimConduct.HONEST, FAST);
        var poisoner = world.seed(SimConduct.POISONER, FAST);
        var taker = world.leecher(SimConduct.LEECHER, FAST);
        var honest = new ArrayList<SimPeer>();
        for (int i = 0; i < 7; i++) {
            honest.add(i % 2 == 0 ? world.magnet(FAST) : world.leecher(SimConduct.HONEST, FAST));
        }
        world.observe(new RequesterBound());

        boolean done = world.runUntil(() -> areComplete(honest), Duration.ofMinutes(5));

        assertThat(done).isTrue();
        assertThat(world.runUntil(taker.disk()::isComplete, Duration.ofMinutes(5))).isTrue();
        for (var peer : honest) {
            assertThat(peer.banned())
                    .allMatch(banned -> banned.address().equals(poisoner.endpoint().address()));
        }
        assertThat(honest).anyMatch(peer -> !peer.banned().isEmpty());
    }

    private static boolean areComplete(List<SimPeer> peers) {
        return peers.stream().allMatch(peer -> peer.disk().isComplete());
    }
}
