package dev.starling.sim.scenario;

import dev.starling.sim.SimLookups;
import dev.starling.sim.SimLookups.Sample;
import dev.starling.sim.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// A world on which a scenario is played: lets time pass, measures at every tick, and gathers the
/// report.
final class Stage {

    private static final Duration LONGEST_SEARCH = Duration.ofMinutes(3);
    private static final int TICKS = 60;
    private static final double NANOS_PER_MINUTE = 60e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Plan plan;
    private final SimWorld world;
    private final SimLookups lookups;
    private final Census census;
    private final List<Chart.Mark> marks = new ArrayList<>();
    private final List<Report.Figure> figures = new ArrayList<>();
    private final List<Report.Expectation> expectations = new ArrayList<>();
    private final List<Chart> charts = new ArrayList<>();

    Stage(Plan plan, SimWorld world) {
        this.plan = plan;
        this.world = world;
        lookups = new SimLookups(world);
        census = new Census(world);
    }

    SimWorld world() {
        return world;
    }

    SimLookups lookups() {
        return lookups;
    }

    /// Something happens now that charts are to show.
    void mark(String label) {
        marks.add(new Chart.Mark(world.clock().nowNanos() / NANOS_PER_MINUTE, label));
        plan.audience().told(label);
    }

    /// Lets time pass, in a few dozen steps; at each, counts and begins so many lookups.
    void pass(Duration duration, int lookupsInAll) {
        long beganNanos = world.clock().nowNanos();
        for (int tick = 1; tick <= TICKS; tick++) {
            int due =
                    (int)
                            ((long) lookupsInAll * tick / TICKS
                                    - (long) lookupsInAll * (tick - 1) / TICKS);
            for (int i = 0; i < due; i++) {
                lookups.findNode();
            }
            world.clock().runUntil(beganNanos + duration.toNanos() * tick / TICKS);
            census.take();
            if (tick % (TICKS / 6) == 0) {
                plan.audience()
                        .told(100 * tick / TICKS + " % of " + duration.toMillis() / 1_000.0 + " s");
            }
        }
    }

    /// Runs until every search has ended whose node still lives.
    void settle() {
        long latestNanos = world.clock().nowNanos() + LONGEST_SEARCH.toNanos();
        world.clock().runUntil(() -> lookups.underWay() == 0, latestNanos);
    }

    void figure(String name, String label, double value) {
        figures.add(new Report.Figure(name, label, value));
    }

    void expectAtLeast(String label, double value, double limit) {
        expectations.add(new Report.Expectation(label, value, Report.Bound.AT_LEAST, limit));
    }

    void expectAtMost(String label, double value, double limit) {
        expectations.add(new Report.Expectation(label, value, Report.Bound.AT_MOST, limit));
    }

    double deadPercent() {
        return census.deadPercent();
    }

    /// Packets that a node sends per second, on average.
    double packets() {
        return census.packetsPerNodeAndSecond();
    }

    void chart(Chart chart) {
        charts.add(chart);
    }

    /// Figures of every lookup in a stretch of time, under a name of its own.
    double[] lookupFigures(String name, String label, Predicate<Sample> which) {
        var samples = lookups.samples().stream().filter(which).toList();
        double[] recall = samples.stream().mapToDouble(Sample::recall).toArray();
        double[] millis = millis(samples);
        figure(name + "Count", label + ", number", samples.size());
        figure(name + "Recall", label + ", recall", Statistics.mean(recall));
        figure(name + "MedianMillis", label + ", median ms", Statistics.median(millis));
        figure(name + "P90Millis", label + ", p90 ms", Statistics.quantile(millis, 0.9));
        figure(name + "Queries", label + ", mean queries", mean(samples, Sample::queries));
        figure(name + "Timeouts", label + ", mean unanswered", mean(samples, Sample::timeouts));
        figure(name + "Hops", label + ", mean hops", mean(samples, Sample::hops));
        return recall;
    }

    /// Charts of all lookups over time, of tables and of traffic.
    void chartTime() {
        var recall = new TimeLine(lookups.samples());
        chart(
                Chart.lines(
                                "Lookups: share of the 8 closest live nodes found",
                                "minutes",
                                "recall",
                                List.of(recall.line("recall", Sample::recall, Statistics::mean)))
                        .with(marks));
        chart(
                Chart.lines(
                                "Lookups: time",
                                "minutes",
                                "ms",
                                List.of(
                                        recall.line("median", Stage::millis, Statistics::median),
                                        recall.line(
                                                "p90",
                                                Stage::millis,
                                                values -> Statistics.quantile(values, 0.9))))
                        .with(marks));
        chart(
                Chart.lines(
                                "Lookups: queries",
                                "minutes",
                                "queries",
                                List.of(
                                        recall.line("all", Sample::queries, Statistics::mean),
                                        recall.line(
                                                "unanswered", Sample::timeouts, Statistics::mean)))
                        .with(marks));
        census.charts().forEach(each -> chart(each.with(marks)));
    }

    Report report() {
        return new Report(
                figures,
                expectations,
                charts,
                world.network().trace().hash(),
                world.clock().nowNanos(),
                world.clock().eventsRun(),
                world.checks());
    }

    static double[] millis(List<Sample> samples) {
        return samples.stream().mapToDouble(Stage::millis).toArray();
    }

    static double millis(Sample sample) {
        return sample.elapsedNanos() / NANOS_PER_MILLI;
    }

    static double[] millisToPeers(List<Sample> samples) {
        return samples.stream()
                .map(Sample::firstPeersNanos)
                .filter(OptionalLong::isPresent)
                .mapToDouble(nanos -> nanos.getAsLong() / NANOS_PER_MILLI)
                .toArray();
    }

    static double mean(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return Statistics.mean(samples.stream().mapToDouble(figure).toArray());
    }
}
