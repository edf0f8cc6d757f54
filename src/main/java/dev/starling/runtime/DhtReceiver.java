package dev.starling.runtime;

import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.dht.DhtNode;
import dev.starling.dht.PeerStore;
import dev.starling.id.Endpoint;
import dev.starling.net.MachineLoop;
import dev.starling.net.UdpSocket;
import java.nio.ByteBuffer;

/// Takes datagrams to a node, and has what it acknowledges written down before it does.
final class DhtReceiver implements UdpSocket.Receiver {

    private final MachineLoop<DhtInput, DhtEffect> machine;
    private final PeerStore peers;
    private final MachineLoop.Shortcut<Endpoint, ByteBuffer> shortcut;

    /// @param sockets by which common queries are answered
    DhtReceiver(
            MachineLoop<DhtInput, DhtEffect> machine,
            DhtNode node,
            PeerStore peers,
            DhtSockets sockets) {
        this.machine = machine;
        this.peers = peers;
        DhtNode.Outgoing outgoing = sockets::send;
        shortcut = (from, payload, nowNanos) -> node.answer(from, payload, nowNanos, outgoing);
    }

    @Override
    public void received(Endpoint from, ByteBuffer payload) {
        if (!machine.take(shortcut, from, payload)) {
            machine.handle(new DhtInput.Datagram(from, payload));
        }
    }

    @Override
    public void beforeSending() {
        peers.commit();
    }
}
