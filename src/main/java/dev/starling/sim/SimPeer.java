package dev.starling.sim;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.metainfo.BlockRange;
import dev.starling.swarm.ConnectionId;
import dev.starling.swarm.Swarm;
import dev.starling.swarm.SwarmEffect;
import dev.starling.swarm.SwarmInput;
import dev.starling.swarm.SwarmStatus;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireEncoder;
import dev.starling.wire.WireMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// One peer of a [SimSwarm]: a real [Swarm] with simulated lines and a simulated disk, doing for it
/// what the edges do in production.
public final class SimPeer {

    private static final Duration DISK_TIME = Duration.ofMillis(2);

    private final SimSwarm world;
    private final Endpoint endpoint;
    private final Id peerId;
    private final SimConduct conduct;
    private final SimUplink uplink;
    private final SimDisk disk;
    private final Swarm swarm;
    private final SimLoop<SwarmInput, SwarmEffect> loop;
    private final Map<ConnectionId, SimConnection> connections = new LinkedHashMap<>();
    private final Map<ConnectionId, SimStream> streams = new LinkedHashMap<>();
    private final List<Endpoint> banned = new ArrayList<>();
    private OptionalLong completedNanos = OptionalLong.empty();
    private long connectionCount;
    private long diskNanos = DISK_TIME.toNanos();

    SimPeer(SimSwarm world, Endpoint endpoint, SimSwarm.Line line, Swarm swarm, SimDisk disk) {
        this.world = world;
        this.endpoint = endpoint;
        this.peerId = line.peerId();
        this.conduct = line.conduct();
        this.uplink = new SimUplink(world.clock(), line.bytesPerSecond());
        this.disk = disk;
        this.swarm = swarm;
        this.loop = new SimLoop<>(world.clock(), swarm, this::effect);
        if (swarm.info().isPresent()) {
            later(diskNanos, new SwarmInput.Opened(disk.have()));
        }
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    SimConduct conduct() {
        return conduct;
    }

    public SimDisk disk() {
        return disk;
    }

    public SwarmStatus status() {
        return swarm.status(world.clock().nowNanos());
    }

    public Swarm swarm() {
        return swarm;
    }

    /// Endpoints it has banned, in order.
    public List<Endpoint> banned() {
        return List.copyOf(banned);
    }

    /// When it had all it wanted, if it has.
    public OptionalLong completedNanos() {
        return completedNanos;
    }

    /// Payload bytes it has received from another peer on connections that stand.
    public long receivedFrom(SimPeer other) {
        return swarm.peers(world.clock().nowNanos()).stream()
                .filter(peer -> peer.endpoint().address().equals(other.endpoint.address()))
                .mapToLong(peer -> peer.receivedBytes())
                .sum();
    }

    /// Gives its swarm an input now.
    public void input(SwarmInput input) {
        world.observer().input(this, input);
        loop.handle(input);
    }

    /// From now on its disk takes so long for whatever it is asked.
    public void slowStorage(Duration time) {
        diskNanos = time.toNanos();
    }

    /// Storage can take nothing from now on, and loses what it has not verified.
    public void stallStorage() {
        disk.stall();
        input(new SwarmInput.StorageStalled("disk full"));
    }

    /// Storage can take blocks again; nothing where it never stalled.
    public void resumeStorage() {
        input(new SwarmInput.StorageResumed());
    }

    private void later(long delayNanos, SwarmInput input) {
        world.clock().after(delayNanos, () -> input(input));
    }

    private void effect(SwarmEffect effect) {
        world.observer().effect(this, effect);
        switch (effect) {
            case SwarmEffect.Connect(var to) -> world.connect(this, to);
            case SwarmEffect.Disconnect(var connection, _) -> disconnect(connection);
            case SwarmEffect.Send(var connection, var message) -> send(connection, message);
            case SwarmEffect.Upload(var connection, var range) -> upload(connection, range);
            case SwarmEffect.StoreBlock(int piece, int offset, var data) ->
                    store(piece, offset, data);
            case SwarmEffect.DigestBlocks(int piece) ->
                    later(diskNanos, new SwarmInput.BlocksDigested(piece, disk.digests(piece)));
            case SwarmEffect.MetadataVerified _ ->
                    later(diskNanos, new SwarmInput.Opened(disk.have()));
            case SwarmEffect.MetadataRefused(var reason) -> throw new IllegalStateException(reason);
            case SwarmEffect.NeedPeers() -> world.findPeers(this);
            case SwarmEffect.Completed() ->
                    completedNanos = OptionalLong.of(world.clock().nowNanos());
            case SwarmEffect.Banned(var peer, _) -> banned.add(peer);
        }
    }

    /// Takes up one side of a connection and begins the handshake.
    SimStream accept(Endpoint remote, boolean isOutgoing, long delayNanos) {
        var id = new ConnectionId(connectionCount++);
        var connection = new SimConnection(id, remote, isOutgoing, this::input);
        var stream = new SimStream(world.clock(), uplink, delayNanos, connection);
        connections.put(id, connection);
        streams.put(id, stream);
        return stream;
    }

    byte[] handshake() {
        return new Handshake(swarm.infoHash(), peerId, Handshake.Features.OURS).toBytes();
    }

    private void disconnect(ConnectionId id) {
        var connection = connections.remove(id);
        var stream = streams.remove(id);
        if (connection != null && stream != null) {
            connection.abandon();
            stream.close();
        }
    }

    private void send(ConnectionId id, WireMessage message) {
        var said = conduct.says(message);
        var connection = connections.get(id);
        var stream = streams.get(id);
        if (said.isPresent() && connection != null && stream != null) {
            byte[] bytes = connection.encoder.encode(said.get());
            world.traced(this, bytes);
            stream.write(bytes);
        }
    }

    private void upload(ConnectionId id, BlockRange range) {
        var data = conduct.uploads(disk.read(range));
        var stream = streams.get(id);
        if (data.isEmpty() || stream == null) {
            return;
        }
        var piece =
                new WireMessage.Piece(
                        range.pieceIndex(), range.offsetBytes(), ByteBuffer.wrap(data.get()));
        byte[] bytes = new WireEncoder().encode(piece);
        world.traced(this, bytes);
        long leftNanos = stream.write(bytes);
        world.clock().at(leftNanos, () -> input(new SwarmInput.Uploaded(id, range)));
    }

    private void store(int piece, int offset, ByteBuffer data) {
        if (disk.store(piece, offset, data)) {
            boolean isRight = disk.verify(piece);
            later(
                    diskNanos,
                    isRight
                            ? new SwarmInput.PieceVerified(piece)
                            : new SwarmInput.PieceFailed(piece));
        }
    }
}
