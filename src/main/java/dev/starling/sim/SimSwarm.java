package dev.starling.sim;

import dev.starling.hash.Sha1;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.InfoWriter;
import dev.starling.swarm.Swarm;
import dev.starling.swarm.SwarmEffect;
import dev.starling.swarm.SwarmInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A world of peers around one torrent on virtual time, over byte streams with distance and
/// bandwidth, each peer a real [Swarm]. Whoever needs peers is told of all others, in place of the
/// DHT. One seed decides everything.
public final class SimSwarm {

    private static final long CONNECT_TIMEOUT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long LOOKUP_NANOS = Duration.ofMillis(300).toNanos();
    private static final int PORT = 6881;
    private static final int MAX_CONNECTIONS = 50;
    private static final int UPLOAD_SLOTS = 4;

    private final SplittableRandom random;
    private final SimClock clock = new SimClock();
    private final SimTrace trace = new SimTrace();
    private final SimLatency latency = SimLatency.logNormal(Duration.ofMillis(30), 0.5);
    private final InfoDictionary info;
    private final byte[] content;
    private final Map<Endpoint, SimPeer> peers = new LinkedHashMap<>();
    private Observer observer = new Observer() {};
    private @Nullable SimSwarmWatch watch;

    /// Sees everything that goes in and out of every swarm.
    public interface Observer {
        default void input(SimPeer peer, SwarmInput input) {}

        default void effect(SimPeer peer, SwarmEffect effect) {}
    }

    /// What a peer is like.
    record Line(Id peerId, SimConduct conduct, double bytesPerSecond) {}

    /// A torrent of random bytes.
    ///
    /// @param pieceLengthBytes of every piece; the last is shorter by a half and one byte
    public SimSwarm(long seed, int pieceCount, int pieceLengthBytes) {
        random = new SplittableRandom(seed);
        content = new byte[pieceCount * pieceLengthBytes - pieceLengthBytes / 2 - 1];
        random.nextBytes(content);
        byte[] hashes = new byte[pieceCount * Sha1.LENGTH_BYTES];
        var sha1 = new Sha1();
        for (int piece = 0; piece < pieceCount; piece++) {
            int from = piece * pieceLengthBytes;
            sha1.update(content, from, Math.min(pieceLengthBytes, content.length - from));
            System.arraycopy(
                    sha1.digest(), 0, hashes, piece * Sha1.LENGTH_BYTES, Sha1.LENGTH_BYTES);
        }
        info = InfoWriter.single("content", content.length, pieceLengthBytes, hashes);
    }

    public SimClock clock() {
        return clock;
    }

    public InfoDictionary info() {
        return info;
    }

    public SimTrace trace() {
        return trace;
    }

    public void observe(Observer watching) {
        observer = watching;
    }

    /// Checks the invariants of [SimSwarmWatch] from now on, in place of another observer.
    ///
    /// @param world names the world in failures
    public SimSwarmWatch watchInvariants(String world) {
        watch = new SimSwarmWatch(clock, world, banned -> isLiar(banned.endpoint()));
        observer = watch;
        return watch;
    }

    /// Checks of invariants made so far.
    public long checks() {
        return watch == null ? 0 : watch.checks();
    }

    private boolean isLiar(Endpoint endpoint) {
        for (var peer : peers.values()) {
            if (peer.endpoint().address().equals(endpoint.address())) {
                return peer.conduct() != SimConduct.HONEST;
            }
        }
        return false;
    }

    Observer observer() {
        return observer;
    }

    /// Adds a peer that has everything.
    public SimPeer seed(SimConduct conduct, double bytesPerSecond) {
        var line = line(conduct, bytesPerSecond);
        return add(line, new Swarm(info, settings(line), random.split()), content);
    }

    /// Adds a peer that knows the metadata and has nothing.
    public SimPeer leecher(SimConduct conduct, double bytesPerSecond) {
        var line = line(conduct, bytesPerSecond);
        return add(line, new Swarm(info, settings(line), random.split()), new byte[content.length]);
    }

    /// Adds a peer that knows nothing but the infohash.
    public SimPeer magnet(double bytesPerSecond) {
        var line = line(SimConduct.HONEST, bytesPerSecond);
        return add(
                line,
                new Swarm(info.infoHash(), settings(line), random.split()),
                new byte[content.length]);
    }

    /// Runs until `done` holds, for at most so long; whether it holds.
    public boolean runUntil(BooleanSupplier done, Duration limit) {
        return clock.runUntil(done, clock.nowNanos() + limit.toNanos());
    }

    public void runFor(Duration duration) {
        clock.runFor(duration.toNanos());
    }

    void findPeers(SimPeer asking) {
        clock.after(
                LOOKUP_NANOS,
                () -> {
                    List<Endpoint> others = new ArrayList<>(peers.keySet());
                    others.remove(asking.endpoint());
                    asking.input(new SwarmInput.PeersFound(others, SwarmInput.Source.DHT));
                });
    }

    void connect(SimPeer caller, Endpoint to) {
        var called = peers.get(to);
        if (called == null) {
            clock.after(
                    CONNECT_TIMEOUT_NANOS,
                    () -> caller.input(new SwarmInput.ConnectFailed(to, "timed out")));
            return;
        }
        long delayNanos = latency.nanos(hash(caller.endpoint()), hash(to));
        var from = new Endpoint(caller.endpoint().address(), 40_000 + random.nextInt(20_000));
        clock.after(
                delayNanos,
                () -> {
                    var near = caller.accept(to, true, delayNanos);
                    var far = called.accept(from, false, delayNanos);
                    SimStream.join(near, far);
                    near.write(caller.handshake());
                    far.write(called.handshake());
                });
    }

    void traced(SimPeer from, byte[] bytes) {
        trace.add(clock.nowNanos());
        trace.add(from.endpoint().address().low());
        trace.add(bytes);
    }

    private SimPeer add(Line line, Swarm swarm, byte[] onDisk) {
        int number = peers.size() + 1;
        var endpoint = new Endpoint(IpAddress.v4(0x0a00_0000 | number), PORT);
        var peer = new SimPeer(this, endpoint, line, swarm, new SimDisk(info, onDisk));
        peers.put(endpoint, peer);
        return peer;
    }

    private Line line(SimConduct conduct, double bytesPerSecond) {
        return new Line(Id.random(random), conduct, bytesPerSecond);
    }

    private static Swarm.Settings settings(Line line) {
        return new Swarm.Settings(line.peerId(), PORT, MAX_CONNECTIONS, UPLOAD_SLOTS);
    }

    private static long hash(Endpoint endpoint) {
        long mixed = endpoint.address().low() * 0x9e3779b97f4a7c15L;
        return mixed ^ mixed >>> 29;
    }
}
