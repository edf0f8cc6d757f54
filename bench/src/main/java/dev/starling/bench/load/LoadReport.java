package dev.starling.bench.load;

import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.Output;
import dev.starling.node.Units;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;

/// What one measurement came to.
final class LoadReport {

    private final LoadCount count;
    private final double seconds;
    private final double ownCpuSeconds;
    private final Optional<Target> target;

    /// @param cpuSeconds user and system time of all its threads
    /// @param residentBytes at the end
    private record Target(double cpuSeconds, long residentBytes) {}

    private LoadReport(
            LoadCount count, double seconds, double ownCpuSeconds, Optional<Target> target) {
        this.count = count;
        this.seconds = seconds;
        this.ownCpuSeconds = ownCpuSeconds;
        this.target = target;
    }

    /// Clocks read at the beginning.
    static final class Meter {

        private final Optional<ProcessCpu> process;
        private final double processBefore;
        private final double ownBefore;
        private final long beginNanos;

        private Meter(Optional<ProcessCpu> process) throws Failure {
            this.process = process;
            processBefore = process.isPresent() ? process.get().seconds() : 0;
            ownBefore = ownSeconds();
            beginNanos = System.nanoTime();
        }

        LoadReport end(LoadCount count) throws Failure {
            double seconds = (System.nanoTime() - beginNanos) / 1e9;
            double own = ownSeconds() - ownBefore;
            if (process.isEmpty()) {
                return new LoadReport(count, seconds, own, Optional.empty());
            }
            var target =
                    new Target(
                            process.get().seconds() - processBefore, process.get().residentBytes());
            return new LoadReport(count, seconds, own, Optional.of(target));
        }

        private static double ownSeconds() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
        }
    }

    static Meter begin(Optional<Long> pid) throws Failure {
        return new Meter(pid.map(ProcessCpu::new));
    }

    void tell(Output output) {
        output.event(event());
        if (output.isLive()) {
            output.live("");
        }
        output.result(
                String.format(
                        Locale.ROOT,
                        "%,.0f replies/s  p50 %.0f µs  p99 %.0f µs  p99.9 %.0f µs  lost %d  errors %d"
                                + "  invalid %d  %.0f bytes a reply",
                        count.replies / seconds,
                        count.micros(50),
                        count.micros(99),
                        count.micros(99.9),
                        count.lost,
                        count.errors,
                        count.invalid,
                        count.bytesPerReply()));
        target.ifPresent(it ->
                output.result(
                        String.format(
                                Locale.ROOT,
                                "%,.0f replies/CPU s of the target, which took %.2f s and holds %s",
                                count.replies / it.cpuSeconds(),
                                it.cpuSeconds(),
                                Units.bytes(it.residentBytes()))));
        output.result(
                String.format(
                        Locale.ROOT,
                        "this generator took %.2f CPU s of %.2f s and sent 1 %% of the queries %.0f µs"
                                + " or more after they were due; it answered %,d queries of the target",
                        ownCpuSeconds,
                        seconds,
                        count.delayMicros(99),
                        count.queriesAnswered));
    }

    private Event event() {
        var event =
                Event.of("summary")
                        .fraction("repliesPerSecond", count.replies / seconds)
                        .number("replies", count.replies)
                        .fraction("p50Micros", count.micros(50))
                        .fraction("p90Micros", count.micros(90))
                        .fraction("p99Micros", count.micros(99))
                        .fraction("p999Micros", count.micros(99.9))
                        .fraction("delayP99Micros", count.delayMicros(99))
                        .fraction("delayP999Micros", count.delayMicros(99.9))
                        .number("lost", count.lost)
                        .number("errors", count.errors)
                        .number("invalid", count.invalid)
                        .fraction("bytesPerReply", count.bytesPerReply())
                        .number("queriesAnswered", count.queriesAnswered)
                        .fraction("generatorCpuSeconds", ownCpuSeconds)
                        .fraction("seconds", seconds);
        target.ifPresent(it ->
                event.fraction("repliesPerCpuSecond", count.replies / it.cpuSeconds())
                        .fraction("targetCpuSeconds", it.cpuSeconds())
                        .number("targetResidentBytes", it.residentBytes()));
        return event;
    }
}
