package dev.starling.sim.scenario;

import dev.starling.id.IpAddress;
import dev.starling.sim.SimPeer;
import dev.starling.sim.SimSwarm;
import java.util.List;

/// What came of a [PoisonedSwarm].
final class PoisonReport {

    private static final double NANOS_PER_SECOND = 1e9;

    private final SimSwarm swarm;
    private final List<SimPeer> honest;
    private final List<IpAddress> liars;
    private final Chart.Line progress;

    PoisonReport(SimSwarm swarm, List<SimPeer> honest, List<SimPeer> liars, Chart.Line progress) {
        this.swarm = swarm;
        this.honest = honest;
        this.liars = liars.stream().map(liar -> liar.endpoint().address()).toList();
        this.progress = progress;
    }

    Report report() {
        double[] seconds =
                honest.stream()
                        .filter(peer -> peer.completedNanos().isPresent())
                        .mapToDouble(peer -> peer.completedNanos().orElse(0) / NANOS_PER_SECOND)
                        .toArray();
        double complete = (double) seconds.length / honest.size();
        long banned =
                honest.stream()
                        .flatMap(peer -> peer.banned().stream())
                        .filter(endpoint -> liars.contains(endpoint.address()))
                        .count();
        var figures =
                List.of(
                        new Report.Figure("complete", "share that has all", complete),
                        new Report.Figure(
                                "medianSeconds", "complete, median s", Statistics.median(seconds)),
                        new Report.Figure(
                                "lastSeconds", "complete, last s", Statistics.quantile(seconds, 1)),
                        new Report.Figure("bans", "liars banned, in all", banned));
        var expectations =
                List.of(
                        new Report.Expectation(
                                "share that has all", complete, Report.Bound.AT_LEAST, 1));
        var charts =
                List.of(
                        Chart.lines(
                                "Pieces that honest peers have",
                                "seconds",
                                "percent",
                                List.of(progress)),
                        Chart.lines(
                                "Time to the last piece",
                                "seconds",
                                "percent of peers",
                                List.of(Chart.distribution("honest peers", seconds))));
        return new Report(
                figures,
                expectations,
                charts,
                swarm.trace().hash(),
                swarm.clock().nowNanos(),
                swarm.clock().eventsRun(),
                swarm.checks());
    }
}
