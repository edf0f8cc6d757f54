package dev.starling.net;

import dev.starling.id.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// A bound UDP socket on a loop. What is sent in one turn leaves together at its end.
///
/// An IPv6 socket bound to `::` serves both families. Datagrams that cannot be sent are dropped, as
/// the network would.
public sealed interface UdpSocket extends Bound permits BatchedSocket, ChannelSocket {

    /// Asked of the kernel for both directions: a burst of a few thousand datagrams.
    int SOCKET_BUFFER_BYTES = 2 << 20;

    /// Hears datagrams, on the loop. `payload` is valid only during the call.
    interface Receiver {
        void received(Endpoint from, ByteBuffer payload);

        /// Called before any answer leaves: the moment to write down what it acknowledges.
        default void beforeSending() {}
    }

    /// Binds every endpoint of `listen`, one socket each; port 0 for any one that is free. Nothing
    /// is read before [#receive].
    ///
    /// @throws IOException if a port is taken or an address is not ours, saying which
    static List<UdpSocket> bindAll(NetLoop loop, List<Endpoint> listen) throws IOException {
        return Binding.bindAll(
                listen,
                local ->
                        switch (loop.transport()) {
                            case EPOLL -> BatchedSocket.bind(loop, local);
                            case NIO -> ChannelSocket.bind(loop, local);
                        });
    }

    @Override
    Endpoint local();

    /// Whether it may still send and receive.
    boolean isOpen();

    /// Hands every datagram to `receiver` from now on; called once.
    void receive(Receiver receiver);

    /// Sends a copy of `payload`. Loop only.
    void send(Endpoint to, ByteBuffer payload);

    @Override
    void close();
}
