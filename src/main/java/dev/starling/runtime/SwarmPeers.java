package dev.starling.runtime;

import dev.starling.id.Endpoint;
import dev.starling.metainfo.BlockRange;
import dev.starling.net.MachineLoop;
import dev.starling.net.PeerConnection;
import dev.starling.net.PeerHandler;
import dev.starling.net.PeerPort;
import dev.starling.swarm.ConnectionId;
import dev.starling.swarm.SwarmInput;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The connections of one swarm: what happens on them is told to the machine, what the machine
/// wants is done on them. Confined to the peers' loop.
final class SwarmPeers implements PeerHandler {

    private final MachineLoop<SwarmInput, ?> machine;
    private final PeerPort port;
    private final PeerPort.Welcome welcome;
    private final DhtPorts dhtPorts;
    private final Map<ConnectionId, PeerConnection> connections = new HashMap<>();
    private @Nullable PeerConnection receiving;

    /// What peers are told of our DHT node, and whom their word of theirs is passed to (BEP 5,
    /// "Additions to the protocol").
    ///
    /// @param ours the port of our node; empty where peers are not to know it
    record DhtPorts(OptionalInt ours, Consumer<? super Endpoint> theirs) {}

    SwarmPeers(
            MachineLoop<SwarmInput, ?> machine, PeerPort port, Handshake ours, DhtPorts dhtPorts) {
        this.machine = machine;
        this.port = port;
        this.welcome = new PeerPort.Welcome(ours, this);
        this.dhtPorts = dhtPorts;
    }

    /// How calls for this swarm are answered.
    PeerPort.Welcome welcome() {
        return welcome;
    }

    void connect(Endpoint endpoint) {
        port.connect(endpoint, welcome);
    }

    void disconnect(ConnectionId id) {
        var connection = connections.remove(id);
        if (connection != null) {
            connection.close();
        }
    }

    void send(ConnectionId id, WireMessage message) {
        var connection = connections.get(id);
        if (connection != null) {
            connection.send(message);
        }
    }

    /// Sends blocks that lie encoded in `messages`; `release` is run when they have left or will
    /// not leave.
    void upload(ConnectionId id, List<BlockRange> blocks, ByteBuffer messages, Runnable release) {
        var connection = connections.get(id);
        if (connection == null) {
            release.run();
            return;
        }
        connection.sendBlocks(messages, new Sent(id, blocks, release));
    }

    /// Keeps the block being received until what is returned is run.
    Runnable keepReceived() {
        if (receiving == null) {
            throw new IllegalStateException("no block is being received");
        }
        return receiving.keepReading();
    }

    @Override
    public void connected(PeerConnection connection) {
        var id = id(connection);
        var details = connection.details();
        connections.put(id, connection);
        machine.handle(
                new SwarmInput.Connected(
                        id, details.endpoint(), details.isOutgoing(), details.handshake()));
        if (details.handshake().features().dht()) {
            dhtPorts.ours().ifPresent(ours -> send(id, new WireMessage.Port(ours)));
        }
    }

    @Override
    public void connectFailed(Endpoint endpoint, String reason) {
        machine.handle(new SwarmInput.ConnectFailed(endpoint, reason));
    }

    @Override
    public void received(PeerConnection connection, WireMessage message) {
        if (message instanceof WireMessage.Port(int theirs)) {
            dhtPorts.theirs()
                    .accept(new Endpoint(connection.details().endpoint().address(), theirs));
        }
        receiving = connection;
        machine.handle(new SwarmInput.Received(id(connection), message));
        receiving = null;
    }

    @Override
    public void misbehaved(PeerConnection connection, String reason) {
        machine.handle(new SwarmInput.Misbehaved(id(connection), reason));
    }

    @Override
    public void closed(PeerConnection connection) {
        if (connections.remove(id(connection)) != null) {
            machine.handle(new SwarmInput.Closed(id(connection)));
        }
    }

    private static ConnectionId id(PeerConnection connection) {
        return new ConnectionId(connection.details().number());
    }

    /// Blocks on their way to the network. A class, since these are made all the time; see
    /// [PeerConnection].
    private final class Sent implements Runnable {

        private final ConnectionId id;
        private final List<BlockRange> blocks;
        private final Runnable release;

        Sent(ConnectionId id, List<BlockRange> blocks, Runnable release) {
            this.id = id;
            this.blocks = blocks;
            this.release = release;
        }

        @Override
        public void run() {
            release.run();
            for (var block : blocks) {
                machine.handle(new SwarmInput.Uploaded(id, block));
            }
        }
    }
}
