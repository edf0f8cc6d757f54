package dev.starling.bench.micro;

import dev.starling.bencode.ByteString;
import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.dht.DhtNode;
import dev.starling.dht.MemoryPeerStore;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.routing.RoutingTable.ContactState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;

/// What one query costs a node without its socket: decoding alone, and decoding and answering, the
/// ordinary way and by the hot path.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KrpcBenchmark {

    private static final int KNOWN = 2_000;

    /// As many askers and targets, so that no asker exceeds what one may ask.
    private static final int QUERIES = 1_024;

    private static final long STEP_NANOS = 5_000;

    @Param({"ping", "find_node", "get_peers"})
    private String query = "ping";

    private final KrpcCodec codec = new KrpcCodec();
    private final List<ByteBuffer> datagrams = new ArrayList<>();
    private List<Contact> askers;
    private DhtNode node;
    private long nowNanos = 1;
    private int next;

    @Setup
    public void prepare() {
        var random = Samples.random();
        askers = Samples.contacts(random, QUERIES);
        for (var asker : askers) {
            var encoded = codec.encode(message(asker.id(), Id.random(random)));
            datagrams.add(ByteBuffer.allocateDirect(encoded.remaining()).put(encoded).flip());
        }
        var settings = new DhtNode.Settings(Id.random(random), false, true, false, 0);
        node = new DhtNode(settings, new MemoryPeerStore(), random);
        List<ContactState> known = new ArrayList<>();
        for (var contact : Samples.contacts(random, KNOWN)) {
            known.add(new ContactState(contact, 50_000_000, nowNanos, 0, true));
        }
        node.handle(new DhtInput.Resume(known), nowNanos, _ -> {});
    }

    private KrpcMessage message(Id sender, Id target) {
        var transaction = ByteString.of(new byte[] {'a', 'b'});
        var header = new KrpcQuery.Header(transaction, sender, false, KrpcCodec.VERSION);
        var want = KrpcQuery.Want.UNSPECIFIED;
        return switch (query) {
            case "ping" -> new KrpcQuery.Ping(header);
            case "find_node" -> new KrpcQuery.FindNode(header, target, want);
            case "get_peers" -> new KrpcQuery.GetPeers(header, target, want, false, false);
            default -> throw new IllegalArgumentException(query + " is no query measured here");
        };
    }

    @Benchmark
    public KrpcCodec.Decoded decode() {
        return codec.decode(datagrams.get(next++ & (QUERIES - 1)));
    }

    @Benchmark
    public void answer(Blackhole sent) {
        nowNanos += STEP_NANOS;
        int index = next++ & (QUERIES - 1);
        Endpoint from = askers.get(index).endpoint();
        var datagram = new DhtInput.Datagram(from, datagrams.get(index).duplicate());
        node.handle(datagram, nowNanos, (DhtEffect effect) -> sent.consume(effect));
    }

    /// The hot path, which makes no objects: run with `-prof gc`.
    @Benchmark
    public void answerQuickly(Blackhole sent) {
        nowNanos += STEP_NANOS;
        int index = next++ & (QUERIES - 1);
        Endpoint from = askers.get(index).endpoint();
        var datagram = datagrams.get(index);
        sent.consume(node.answer(from, datagram, nowNanos, (_, answer) -> sent.consume(answer)));
    }
}
