package dev.starling.runtime;

import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.dht.PeerStore;
import dev.starling.id.Endpoint;
import dev.starling.net.MachineLoop;
import dev.starling.net.UdpSocket;
import java.nio.ByteBuffer;

/// Takes datagrams to a node, and has what it acknowledges written down before it does.
final class DhtReceiver implements UdpSocket.Receiver {

    private final MachineLoop<DhtInput, DhtEffect> machine;
    private final PeerStore peers;

    DhtReceiver(MachineLoop<DhtInput, DhtEffect> machine, PeerStore peers) {
        this.machine = machine;
        this.peers = peers;
    }

    @Override
    public void received(Endpoint from, ByteBuffer payload) {
        machine.handle(new DhtInput.Datagram(from, payload));
    }

    @Override
    public void beforeSending() {
        peers.commit();
    }
}
