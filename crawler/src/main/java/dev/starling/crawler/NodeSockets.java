package dev.starling.crawler;

import dev.starling.id.Endpoint;
import dev.starling.net.ListenAddresses;
import dev.starling.net.NetLoop;
import dev.starling.net.UdpSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The UDP sockets of a crawl: for each of its nodes a port of its own, on each address listened
/// to.
final class NodeSockets implements AutoCloseable {

    /// By node.
    private final List<List<UdpSocket>> sockets;

    private NodeSockets(List<List<UdpSocket>> sockets) {
        this.sockets = sockets;
    }

    /// Hears datagrams, on the loop.
    interface Receiver {
        void received(int node, Endpoint from, ByteBuffer payload);
    }

    /// @param port of the first node, the others on those that follow; 0 for any that are free
    static NodeSockets bind(NetLoop loop, List<String> listen, int port, int nodes)
            throws IOException {
        var bound = new ArrayList<List<UdpSocket>>();
        try {
            for (int node = 0; node < nodes; node++) {
                int own = port == 0 ? 0 : port + node;
                bound.add(UdpSocket.bindAll(loop, ListenAddresses.of(listen, own)));
            }
            return new NodeSockets(bound);
        } catch (IOException e) {
            bound.forEach(each -> each.forEach(UdpSocket::close));
            throw e;
        }
    }

    void receive(Receiver receiver) {
        for (int node = 0; node < sockets.size(); node++) {
            int number = node;
            for (var socket : sockets.get(node)) {
                socket.receive((from, payload) -> receiver.received(number, from, payload));
            }
        }
    }

    /// Sends by the socket of that node that serves the family; not at all if none does. Loop only.
    void send(int node, Endpoint to, ByteBuffer datagram) {
        for (var socket : sockets.get(node)) {
            if (serves(socket, to.isV4())) {
                socket.send(to, datagram);
                return;
            }
        }
    }

    /// The addresses the first node listens on.
    List<Endpoint> addresses() {
        return sockets.getFirst().stream().map(UdpSocket::local).toList();
    }

    boolean serves(boolean v4) {
        return sockets.getFirst().stream().anyMatch(socket -> serves(socket, v4));
    }

    private static boolean serves(UdpSocket socket, boolean v4) {
        var local = socket.local().address();
        if (!local.isV4() && local.isUnspecified()) {
            return v4 || ListenAddresses.hasGlobalV6();
        }
        return local.isV4() == v4;
    }

    @Override
    public void close() {
        sockets.forEach(each -> each.forEach(UdpSocket::close));
    }
}
