package dev.starling.bench.hash;

import dev.starling.hash.HashAlgorithm;
import dev.starling.hash.HashLanes;
import dev.starling.hash.LaneTrial;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.DoubleStream;

/// How many bytes one thread hashes in a second of its processor time.
///
/// Processor time, as `openssl speed` counts it: what else runs on the machine then takes caches,
/// but no time. Confined to the calling thread.
final class HashRate {

    /// The median of this many windows is the figure: it shrugs off a neighbour's burst.
    private static final int WINDOW_COUNT = 7;

    /// Untimed windows before them, so that the compiled code is what is measured.
    private static final int WARM_UP_COUNT = 3;

    /// So often in a row lanes must beat `MessageDigest` to count as compiled.
    private static final int WINS = 50;

    /// A JVM that has not compiled lanes by then is measured as it is.
    private static final int MAX_TRIALS = 20_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private HashRate() {}

    /// The rate of the JDK's `MessageDigest`, measured for about `durationNanos`.
    static double ofOne(HashAlgorithm algorithm, HashSource source, long durationNanos) {
        var digest = algorithm.messageDigest();
        return measure(
                durationNanos,
                () -> {
                    digest.update(source.message(source.advance(1)));
                    return source.messageBytes();
                });
    }

    /// The rate of lanes, once they are compiled.
    static double ofLanes(
            HashAlgorithm algorithm, HashLanes lanes, HashSource source, long durationNanos) {
        warmUp(algorithm, lanes);
        long[] starts = new long[lanes.count()];
        return measure(
                durationNanos,
                () -> {
                    int first = source.advance(starts.length);
                    for (int lane = 0; lane < starts.length; lane++) {
                        starts[lane] = source.start(first + lane);
                    }
                    lanes.begin();
                    lanes.update(source.segment(), starts, source.messageBytes());
                    return (long) starts.length * source.messageBytes();
                });
    }

    private static void warmUp(HashAlgorithm algorithm, HashLanes lanes) {
        var trial = new LaneTrial(algorithm, lanes, new Random(1), System::nanoTime);
        int wins = 0;
        for (int i = 0; i < MAX_TRIALS && wins < WINS; i++) {
            wins = trial.run() == LaneTrial.Verdict.FAST ? wins + 1 : 0;
        }
    }

    /// @param step hashes some messages and returns how many bytes they have
    private static double measure(long durationNanos, LongSupplier step) {
        long windowNanos = durationNanos / (WARM_UP_COUNT + WINDOW_COUNT);
        window(WARM_UP_COUNT * windowNanos, step);
        return DoubleStream.generate(() -> window(windowNanos, step))
                .limit(WINDOW_COUNT)
                .sorted()
                .skip(WINDOW_COUNT / 2)
                .findFirst()
                .orElseThrow();
    }

    /// Hashes for so long by the clock and returns the rate by processor time; reading the clock
    /// costs nothing beside a message.
    private static double window(long lengthNanos, LongSupplier step) {
        long startCpu = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        long bytes = 0;
        do {
            bytes += step.getAsLong();
        } while (System.nanoTime() - start < lengthNanos);
        return bytes * 1e9 / Math.max(1, THREADS.getCurrentThreadCpuTime() - startCpu);
    }
}
