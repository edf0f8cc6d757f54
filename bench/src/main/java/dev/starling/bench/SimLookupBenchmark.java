package dev.starling.bench;

import dev.starling.sim.SimLookups;
import dev.starling.sim.SimWorld;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Lookups per second on the simulator, by the size of its network: all of what nodes do for one,
/// from the first query to the last answer, on both sides.
///
/// A thousand run at once, so that what nodes do for their tables in the meantime, some packets a
/// second each, is shared by many lookups.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Xms600m", // more than the young generation, or the start-up cache is refused
            "-Xmx6g",
            "-Xmn300m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            // The JVM's own thresholds: the launcher's are for programs that end soon.
            "-XX:Tier3InvocationThreshold=200",
            "-XX:Tier3MinInvocationThreshold=100",
            "-XX:Tier3CompileThreshold=2000",
            "-XX:Tier3BackEdgeThreshold=60000",
            "-XX:Tier4InvocationThreshold=5000",
            "-XX:Tier4MinInvocationThreshold=600",
            "-XX:Tier4CompileThreshold=15000",
            "-XX:Tier4BackEdgeThreshold=40000"
        })
public class SimLookupBenchmark {

    private static final int AT_ONCE = 1_000;

    @Param({"1000", "10000", "100000"})
    private int nodes;

    private SimWorld world;

    @Setup
    public void build() {
        world = SimWorld.seeded(1).unwatched().converged(nodes);
    }

    @Benchmark
    @OperationsPerInvocation(AT_ONCE)
    public int lookups() {
        var lookups = new SimLookups(world);
        for (int i = 0; i < AT_ONCE; i++) {
            lookups.findNode();
        }
        world.runUntil(() -> lookups.underWay() == 0);
        return lookups.samples().size();
    }
}
