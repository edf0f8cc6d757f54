package dev.starling.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.IpAddress;
import dev.starling.swarm.ConnectionId;
import dev.starling.swarm.SwarmInput;
import dev.starling.swarm.SwarmStatus;
import dev.starling.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SwarmSimTest {

    private static final int PIECE_BYTES = 64 * 1024;
    private static final double FAST = 4e6;
    private static final double SLOW = 1e5;

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
        for (long seed = 1; seed <= 3; seed++) {
            var world = new SimSwarm(seed, 40, PIECE_BYTES);
            world.watchInvariants("seed " + seed);
            world.seed(SimConduct.HONEST, FAST);
            var poisoner = world.seed(SimConduct.POISONER, FAST);
            var taker = world.leecher(SimConduct.LEECHER, FAST);
            var honest = honestLeechers(world, 7);

            boolean done =
                    world.runUntil(
                            () -> areComplete(honest) && taker.disk().isComplete(),
                            Duration.ofMinutes(10));

            assertThat(done).as("seed " + seed).isTrue();
            for (var peer : honest) {
                assertThat(peer.banned())
                        .as("seed " + seed)
                        .allMatch(banned -> banned.address().equals(poisoner.endpoint().address()));
            }
            assertThat(honest).as("seed " + seed).anyMatch(peer -> !peer.banned().isEmpty());
        }
    }

    @Test
    void thePoisonerIsBannedByEveryoneItLiedTo() {
        for (long seed = 1; seed <= 5; seed++) {
            var world = new SimSwarm(seed, 60, PIECE_BYTES);
            world.seed(SimConduct.HONEST, FAST);
            world.seed(SimConduct.HONEST, FAST);
            world.seed(SimConduct.HONEST, FAST);
            var poisoner = world.seed(SimConduct.POISONER, FAST);
            var leecher = world.leecher(SimConduct.HONEST, FAST);

            boolean done = world.runUntil(leecher.disk()::isComplete, Duration.ofMinutes(5));
            world.runFor(Duration.ofSeconds(1));

            assertThat(done).as("seed " + seed).isTrue();
            assertThat(leecher.banned()).as("seed " + seed).containsExactly(poisoner.endpoint());
        }
    }

    @Test
    void aMagnetStartSurvivesAMetadataLiar() {
        for (long seed = 1; seed <= 3; seed++) {
            var world = new SimSwarm(seed, 1_200, 1_024);
            world.seed(SimConduct.HONEST, FAST);
            world.seed(SimConduct.HONEST, FAST);
            var liar = world.seed(SimConduct.METADATA_LIAR, FAST);
            var leecher = world.magnet(FAST);

            boolean done = world.runUntil(leecher.disk()::isComplete, Duration.ofMinutes(5));

            assertThat(done).as("seed " + seed).isTrue();
            assertThat(leecher.banned())
                    .as("seed " + seed)
                    .allMatch(banned -> banned.address().equals(liar.endpoint().address()));
        }
    }

    @Test
    void fourSeedsAreAllUsed() {
        var world = new SimSwarm(3, 200, PIECE_BYTES);
        var leecher = world.magnet(FAST);
        var used = new LinkedHashSet<IpAddress>();
        world.observe(sendersOfBlocks(leecher, used));
        for (int i = 0; i < 4; i++) {
            world.seed(SimConduct.HONEST, FAST / 4);
        }

        boolean done = world.runUntil(leecher.disk()::isComplete, Duration.ofMinutes(5));

        assertThat(done).isTrue();
        assertThat(used).hasSize(4);
        double idealSeconds = world.info().lengthBytes() / FAST;
        assertThat(world.clock().nowNanos() / 1e9).isLessThan(idealSeconds * 1.5 + 2);
    }

    @Test
    void theEndgameCostsLittleAndNeverMoreThanTwoRequesters() {
        var world = new SimSwarm(4, 100, PIECE_BYTES);
        var watch = world.watchInvariants("seed 4");
        world.seed(SimConduct.HONEST, FAST);
        world.seed(SimConduct.HONEST, SLOW);
        var leecher = world.leecher(SimConduct.HONEST, FAST);

        boolean done = world.runUntil(leecher.disk()::isComplete, Duration.ofMinutes(5));

        assertThat(done).isTrue();
        assertThat(watch.secondRequests()).isPositive();
        assertThat(leecher.status().wastedBytes()).isLessThan(world.info().lengthBytes() / 20);
        assertThat(world.clock().nowNanos() / 1e9).isLessThan(6);
    }

    @Test
    void aMutePeerDoesNotHoldUpTheOthers() {
        var world = new SimSwarm(5, 100, PIECE_BYTES);
        world.seed(SimConduct.MUTE, FAST);
        var leecher = world.leecher(SimConduct.HONEST, FAST);
        world.runFor(Duration.ofSeconds(2));
        world.seed(SimConduct.HONEST, FAST);

        boolean done = world.runUntil(leecher.disk()::isComplete, Duration.ofSeconds(60));

        assertThat(done).isTrue();
    }

    @Test
    void aNewcomerWithNothingGetsAStartAmongTraders() {
        var world = new SimSwarm(6, 150, PIECE_BYTES);
        world.seed(SimConduct.HONEST, SLOW * 4);
        honestLeechers(world, 8);
        world.runFor(Duration.ofSeconds(10));

        var newcomer = world.leecher(SimConduct.HONEST, SLOW);
        boolean hasStarted =
                world.runUntil(() -> newcomer.disk().have().size() > 0, Duration.ofSeconds(60));

        assertThat(hasStarted).isTrue();
    }

    @Test
    void aStalledDiskOnlyDelaysTheDownload() {
        var world = new SimSwarm(7, 100, PIECE_BYTES);
        world.seed(SimConduct.HONEST, FAST);
        var leecher = world.leecher(SimConduct.HONEST, FAST);
        world.runUntil(() -> leecher.disk().have().size() > 20, Duration.ofMinutes(1));

        leecher.stallStorage();
        int before = leecher.disk().have().size();
        world.runFor(Duration.ofSeconds(40));
        assertThat(leecher.disk().have().size()).isEqualTo(before);
        assertThat(leecher.status().stage()).isEqualTo(SwarmStatus.Stage.STORAGE_STALLED);
        leecher.input(new SwarmInput.StorageResumed());

        assertThat(world.runUntil(leecher.disk()::isComplete, Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void aSwarmOfLeechersSharesWhatASlowSeedGives() {
        var world = new SimSwarm(8, 100, PIECE_BYTES);
        var seed = world.seed(SimConduct.HONEST, 4 * SLOW);
        var leechers = honestLeechers(world, 6);

        boolean done = world.runUntil(() -> areComplete(leechers), Duration.ofMinutes(10));

        assertThat(done).isTrue();
        assertThat(seed.status().sentBytes()).isLessThan(3 * world.info().lengthBytes());
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        assertThat(traceOf(11)).isEqualTo(traceOf(11));
        assertThat(traceOf(11)).isNotEqualTo(traceOf(12));
    }

    private static long traceOf(long seed) {
        var world = new SimSwarm(seed, 30, PIECE_BYTES);
        world.seed(SimConduct.HONEST, FAST);
        world.seed(SimConduct.POISONER, FAST);
        honestLeechers(world, 4);
        world.runFor(Duration.ofSeconds(30));
        return world.trace().hash();
    }

    private static List<SimPeer> honestLeechers(SimSwarm world, int count) {
        var peers = new ArrayList<SimPeer>();
        for (int i = 0; i < count; i++) {
            peers.add(i % 2 == 0 ? world.magnet(FAST) : world.leecher(SimConduct.HONEST, FAST));
        }
        return peers;
    }

    private static boolean areComplete(List<SimPeer> peers) {
        return peers.stream().allMatch(peer -> peer.disk().isComplete());
    }

    /// Notes who sends a peer blocks.
    private static SimSwarm.Observer sendersOfBlocks(SimPeer taker, Set<IpAddress> senders) {
        var remotes = new HashMap<ConnectionId, IpAddress>();
        return new SimSwarm.Observer() {
            @Override
            public void input(SimPeer peer, SwarmInput input) {
                if (peer != taker) {
                    return;
                }
                if (input instanceof SwarmInput.Connected connected) {
                    remotes.put(connected.connection(), connected.endpoint().address());
                } else if (input instanceof SwarmInput.Received(var connection, var message)
                        && message instanceof WireMessage.Piece) {
                    senders.add(remotes.get(connection));
                }
            }
        };
    }
}
