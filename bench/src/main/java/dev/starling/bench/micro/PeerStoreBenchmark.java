package dev.starling.bench.micro;

import dev.starling.dht.MemoryPeerStore;
import dev.starling.dht.PeerStore;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The peer store in memory: an announce, and what a get_peers takes out.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PeerStoreBenchmark {

    private static final int INFO_HASHES = 4_096;
    private static final int ENDPOINTS = 65_536;
    private static final int VALUES = 50;

    @Param({"10", "1000"})
    private int peersEach = 10;

    private final RandomGenerator random = Samples.random();
    private final MemoryPeerStore store = new MemoryPeerStore();
    private List<Id> infoHashes;
    private Endpoint[] endpoints;
    private int next;

    @Setup
    public void fill() {
        int count = Math.min(INFO_HASHES, PeerStore.MAX_PEERS / 2 / peersEach);
        infoHashes = Samples.ids(random, Integer.highestOneBit(count));
        endpoints = new Endpoint[ENDPOINTS];
        for (int i = 0; i < ENDPOINTS; i++) {
            endpoints[i] = Samples.endpoint(random);
        }
        for (var infoHash : infoHashes) {
            for (int i = 0; i < peersEach; i++) {
                store.announce(infoHash, endpoint(), false, 0);
            }
        }
    }

    @Benchmark
    public void announce() {
        store.announce(infoHash(), endpoint(), false, 1);
    }

    @Benchmark
    public List<Endpoint> peers() {
        var query = new PeerStore.PeerQuery(1, random);
        return store.peers(infoHash(), true, VALUES, false, query);
    }

    private Id infoHash() {
        return infoHashes.get(next++ & (infoHashes.size() - 1));
    }

    private Endpoint endpoint() {
        return endpoints[random.nextInt(ENDPOINTS)];
    }
}
