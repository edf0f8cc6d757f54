package dev.starling.bench.micro;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.routing.InsertResult;
import dev.starling.routing.RoutingTable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The Kademlia table of a node that has heard of as many contacts as a busy one does.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RoutingBenchmark {

    private static final int HEARD = 16_384;
    private static final int TARGETS = 1_024;
    private static final long RTT_NANOS = 50_000_000;

    private RoutingTable table;
    private List<Contact> contacts;
    private List<Id> targets;
    private int next;
    private long nowNanos;

    @Setup
    public void fill() {
        var random = Samples.random();
        table = new RoutingTable(Id.random(random), random);
        contacts = Samples.contacts(random, HEARD);
        targets = Samples.ids(random, TARGETS);
        for (var contact : contacts) {
            table.answered(contact, RTT_NANOS, nowNanos++);
        }
    }

    /// An answer of a contact that is mostly not in the table, whose buckets are mostly full.
    @Benchmark
    public InsertResult insert() {
        nowNanos += 1_000;
        return table.answered(contacts.get(next++ & (HEARD - 1)), RTT_NANOS, nowNanos);
    }

    @Benchmark
    public List<Contact> closest() {
        return table.closest(targets.get(next++ & (TARGETS - 1)), RoutingTable.BUCKET_SIZE);
    }
}
