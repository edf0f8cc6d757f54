package dev.starling.swarm;

import dev.starling.bench.micro.Samples;
import dev.starling.bencode.ByteString;
import dev.starling.id.Id;
import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.InfoWriter;
import dev.starling.metainfo.PieceSet;
import dev.starling.wire.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Choosing blocks among 100,000 pieces for 200 peers that have half of them each. In the picker's
/// own package, which shows it to no one.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PickerBenchmark {

    private static final int PIECES = 100_000;
    private static final int PEERS = 200;
    private static final int PIECE_BYTES = 256 * 1024;
    private static final int HASH_BYTES = 20;

    private final RandomGenerator random = Samples.random();
    private final List<PeerSession> peers = new ArrayList<>();
    private InfoDictionary info;
    private PiecePicker picker;
    private int next;
    private long nowNanos = 1;

    @Setup(Level.Trial)
    public void describe() {
        info =
                InfoWriter.single(
                        "sample",
                        (long) PIECES * PIECE_BYTES,
                        PIECE_BYTES,
                        new byte[PIECES * HASH_BYTES]);
    }

    @Setup(Level.Iteration)
    public void connect() {
        var map = new PieceMap(info, new PieceSet(PIECES));
        picker = new PiecePicker(info, map, BlockSet.EMPTY, random);
        peers.clear();
        for (int i = 0; i < PEERS; i++) {
            peers.add(peer(i, map.full()));
        }
    }

    private PeerSession peer(int number, PieceSet full) {
        var handshake = new Handshake(info.infoHash(), Id.random(random), Handshake.Features.OURS);
        var endpoint = Samples.endpoint(random);
        var connection = new ConnectionId(number);
        var connected = new SwarmInput.Connected(connection, endpoint, true, handshake);
        var session = new PeerSession(connected, nowNanos);
        session.isChokingUs = false;
        byte[] bits = new byte[PIECES / Byte.SIZE];
        random.nextBytes(bits);
        session.pieces.tellBits(ByteString.of(bits));
        session.pieces.resolve(full);
        for (int piece = 0; piece < PIECES; piece++) {
            if (session.pieces.contains(piece)) {
                picker.order().increment(piece);
            }
        }
        return session;
    }

    /// A block for the next peer in turn; when nothing is left, all begin anew.
    @Benchmark
    public long take() {
        nowNanos += 1_000;
        long key = picker.take(peers.get(next++ % PEERS), nowNanos);
        if (key == PiecePicker.NONE) {
            picker.forgetAll();
        }
        return key;
    }
}
