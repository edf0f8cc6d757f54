package dev.starling.bench.load;

import dev.starling.node.Event;
import dev.starling.node.Failure;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// What a soak came to, over all lives of the node.
final class SoakCount {

    /// One look at the node's memory.
    record Sample(double seconds, long residentBytes) {}

    private final Histogram latencies = new Histogram(2 * LoadCount.LOST_AFTER_NANOS, 3);
    private final Histogram starts = new Histogram(600_000, 3);
    private final List<Sample> samples = new ArrayList<>();
    private final List<Double> killedSeconds = new ArrayList<>();
    private Recall.Verdict verdict = new Recall.Verdict(0, 0, 0, 0, 0);
    private long replies;
    private long unanswered;
    private long invalid;
    private double targetCpuSeconds;
    private double seconds;

    void add(LoadCount life) {
        latencies.add(life.latencies);
        replies += life.replies;
        unanswered += life.lost;
        invalid += life.invalid;
    }

    void add(Recall.Verdict asked) {
        verdict = verdict.plus(asked);
    }

    void sampled(double atSeconds, long residentBytes) {
        samples.add(new Sample(atSeconds, residentBytes));
    }

    /// The process with this id has done its share.
    void lived(long pid) throws Failure {
        targetCpuSeconds += new ProcessCpu(pid).seconds();
    }

    void killed(double atSeconds, double startSeconds) {
        killedSeconds.add(atSeconds);
        starts.recordValue(Math.round(startSeconds * 1e3));
    }

    void end(long pid, double afterSeconds) throws Failure {
        lived(pid);
        seconds = afterSeconds;
    }

    int kills() {
        return killedSeconds.size();
    }

    Recall.Verdict verdict() {
        return verdict;
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    List<Double> killedSeconds() {
        return List.copyOf(killedSeconds);
    }

    long lastBytes() {
        return samples.isEmpty() ? 0 : samples.getLast().residentBytes();
    }

    long mostBytes() {
        return samples.stream().mapToLong(Sample::residentBytes).max().orElse(0);
    }

    double share(double cpuSeconds) {
        return cpuSeconds / Math.max(seconds, 1e-9);
    }

    double targetShare() {
        return share(targetCpuSeconds);
    }

    /// @param announced how many announces were acknowledged
    Event event(long announced, double generatorCpuSeconds) {
        var event =
                Event.of("summary")
                        .fraction("seconds", seconds)
                        .fraction("repliesPerSecond", replies / Math.max(seconds, 1e-9))
                        .number("replies", replies)
                        .number("unanswered", unanswered)
                        .number("invalid", invalid)
                        .fraction("p50Micros", latencies.getValueAtPercentile(50) / 1e3)
                        .fraction("p99Micros", latencies.getValueAtPercentile(99) / 1e3)
                        .number("kills", kills())
                        .number("startMillisMedian", starts.getValueAtPercentile(50))
                        .number("startMillisMost", starts.getMaxValue())
                        .number("announced", announced)
                        .number("asked", verdict.asked())
                        .number("lost", verdict.lost())
                        .number("overdue", verdict.overdue())
                        .number("unjudged", verdict.unjudged())
                        .number("silent", verdict.unanswered());
        return event.number("residentBytesMost", mostBytes())
                .number("residentBytesAtEnd", lastBytes())
                .fraction("targetCpuSeconds", targetCpuSeconds)
                .fraction("generatorCpuSeconds", generatorCpuSeconds)
                .parts("memory", samples.stream().map(SoakCount::part).toList());
    }

    private static Event part(Sample sample) {
        return Event.part()
                .fraction("seconds", sample.seconds())
                .number("residentBytes", sample.residentBytes());
    }
}
