package dev.starling.sim.scenario;

import dev.starling.sim.SimConduct;
import dev.starling.sim.SimFault;
import dev.starling.sim.SimFaults;
import dev.starling.sim.SimPeer;
import dev.starling.sim.SimSwarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Peers download a torrent among others that corrupt blocks or metadata, and with disks that are
/// slow or full.
final class PoisonedSwarm implements Scenario {

    private static final int PIECES = 60;
    private static final int PIECE_BYTES = 64 * 1024;
    private static final double BYTES_PER_SECOND = 500e3;
    private static final int TICKS = 120;

    @Override
    public String name() {
        return "poison";
    }

    @Override
    public String description() {
        return "A swarm downloads although a third of its peers corrupt what they send.";
    }

    @Override
    public int nodes() {
        return 30;
    }

    @Override
    public Duration duration() {
        return Duration.ofMinutes(10);
    }

    @Override
    public SimFaults faults() {
        return SimFaults.none()
                .with(SimFault.LIARS, 0.33)
                .with(SimFault.SLOW_DISKS, 0.2)
                .with(SimFault.FULL_DISKS, 0.2);
    }

    @Override
    public Report play(Plan plan) {
        var swarm = new SimSwarm(plan.seed(), PIECES, PIECE_BYTES);
        swarm.watchInvariants("seed " + plan.seed());
        var random = new SplittableRandom(plan.seed());
        int liars = (int) Math.round(plan.faults().of(SimFault.LIARS) * plan.nodes());
        var poisoners = new ArrayList<SimPeer>();
        for (int i = 0; i < liars; i++) {
            var conduct = i % 3 == 2 ? SimConduct.METADATA_LIAR : SimConduct.POISONER;
            poisoners.add(swarm.seed(conduct, BYTES_PER_SECOND));
        }
        swarm.seed(SimConduct.HONEST, BYTES_PER_SECOND);
        var honest = new ArrayList<SimPeer>();
        for (int i = liars + 1; i < plan.nodes(); i++) {
            var peer =
                    i % 2 == 0
                            ? swarm.magnet(BYTES_PER_SECOND)
                            : swarm.leecher(SimConduct.HONEST, BYTES_PER_SECOND);
            honest.add(peer);
        }
        trouble(plan, swarm, honest, random);
        var progress = pass(plan, swarm, honest);
        return new PoisonReport(swarm, honest, poisoners, progress).report();
    }

    private static void trouble(
            Plan plan, SimSwarm swarm, List<SimPeer> honest, SplittableRandom random) {
        for (var peer : honest) {
            if (random.nextDouble() < plan.faults().of(SimFault.SLOW_DISKS)) {
                peer.slowStorage(Duration.ofMillis(500));
            }
            if (random.nextDouble() < plan.faults().of(SimFault.FULL_DISKS)) {
                long at = random.nextLong(Duration.ofSeconds(20).toNanos());
                swarm.clock().after(at, peer::stallStorage);
                swarm.clock().after(at + Duration.ofSeconds(30).toNanos(), peer::resumeStorage);
            }
        }
    }

    private static Chart.Line pass(Plan plan, SimSwarm swarm, List<SimPeer> honest) {
        var points = new ArrayList<Chart.Point>();
        long end = plan.duration().toNanos();
        for (int tick = 1; tick <= TICKS; tick++) {
            swarm.clock().runUntil(end * tick / TICKS);
            double share =
                    honest.stream()
                            .mapToDouble(peer -> (double) peer.disk().have().size() / PIECES)
                            .average()
                            .orElse(0);
            points.add(new Chart.Point(swarm.clock().nowNanos() / 1e9, 100 * share));
            if (share == 1 && tick > 1) {
                break;
            }
        }
        return new Chart.Line("mean", points);
    }
}
