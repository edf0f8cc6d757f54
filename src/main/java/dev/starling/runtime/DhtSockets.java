package dev.starling.runtime;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import dev.starling.net.ListenAddresses;
import dev.starling.net.NetLoop;
import dev.starling.net.UdpSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The UDP sockets of a DHT node, one for each address it listens on.
final class DhtSockets implements AutoCloseable {

    private final List<UdpSocket> sockets;
    private final boolean hasV4;
    private final boolean hasV6;

    // Where the datagram at hand came by and from: what answers it leaves the same way. Confined to
    // the loop.
    private @Nullable UdpSocket current;
    private @Nullable Endpoint currentFrom;

    private DhtSockets(List<UdpSocket> sockets) {
        this.sockets = sockets;
        hasV4 = sockets.stream().anyMatch(socket -> serves(socket.local().address(), true));
        hasV6 = sockets.stream().anyMatch(socket -> serves(socket.local().address(), false));
    }

    static DhtSockets bind(NetLoop loop, List<Endpoint> listen) throws IOException {
        return new DhtSockets(UdpSocket.bindAll(loop, listen));
    }

    List<Endpoint> addresses() {
        return sockets.stream().map(UdpSocket::local).toList();
    }

    boolean areOpen() {
        return sockets.stream().allMatch(UdpSocket::isOpen);
    }

    boolean hasV4() {
        return hasV4;
    }

    boolean hasV6() {
        return hasV6;
    }

    void receive(UdpSocket.Receiver receiver) {
        for (var socket : sockets) {
            socket.receive(new Noting(socket, receiver));
        }
    }

    /// Notes where a datagram came by and from while it is handled.
    private final class Noting implements UdpSocket.Receiver {

        private final UdpSocket socket;
        private final UdpSocket.Receiver receiver;

        Noting(UdpSocket socket, UdpSocket.Receiver receiver) {
            this.socket = socket;
            this.receiver = receiver;
        }

        @Override
        public void received(Endpoint from, ByteBuffer payload) {
            current = socket;
            currentFrom = from;
            receiver.received(from, payload);
            current = null;
            currentFrom = null;
        }

        @Override
        public void beforeSending() {
            receiver.beforeSending();
        }
    }

    /// Sends by the socket that serves the address best; not at all if none does. Loop only.
    void send(Endpoint to, ByteBuffer datagram) {
        if (current != null && to.equals(currentFrom)) {
            current.send(to, datagram);
        } else {
            socketFor(to.address()).ifPresent(socket -> socket.send(to, datagram));
        }
    }

    @Override
    public void close() {
        sockets.forEach(UdpSocket::close);
    }

    private Optional<UdpSocket> socketFor(IpAddress to) {
        UdpSocket best = null;
        for (var socket : sockets) {
            var local = socket.local().address();
            if (serves(local, to.isV4())) {
                if (local.isUnspecified() || local.isLoopback() == to.isLoopback()) {
                    return Optional.of(socket);
                }
                best = socket;
            }
        }
        return Optional.ofNullable(best);
    }

    /// Whether a socket bound to `local` reaches addresses of this family. One bound to `::` serves
    /// IPv4 as well, and IPv6 where this machine has an address the Internet can answer to.
    private static boolean serves(IpAddress local, boolean v4) {
        if (!local.isV4() && local.isUnspecified()) {
            return v4 || ListenAddresses.hasGlobalV6();
        }
        return local.isV4() == v4;
    }
}
