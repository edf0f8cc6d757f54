package dev.starling.bench.load;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/// One of the nodes that we play: an id and a socket that talks to the target alone.
final class LoadNode implements AutoCloseable {

    /// Longer tokens are not sent back; the longest in use have 20 bytes.
    static final int MAX_TOKEN_BYTES = 128;

    private static final int SOCKET_BUFFER_BYTES = 1 << 18;

    final Id id;
    private final DatagramChannel channel;

    private LoadNode(Id id, DatagramChannel channel) {
        this.id = id;
        this.channel = channel;
    }

    static LoadNode open(
            Id id, InetSocketAddress local, InetSocketAddress target, Selector selector)
            throws IOException {
        var channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.bind(local).connect(target);
        var node = new LoadNode(id, channel);
        channel.register(selector, SelectionKey.OP_READ, node);
        return node;
    }

    /// Where it is seen to be, and so the peer that it announces.
    Endpoint endpoint() {
        var local = channel.socket().getLocalSocketAddress();
        if (!(local instanceof InetSocketAddress address)) {
            throw new IllegalStateException("a bound socket has an address, not " + local);
        }
        return new Endpoint(IpAddress.of(address.getAddress().getAddress()), address.getPort());
    }

    /// False when the kernel took nothing; the query then counts as lost.
    boolean send(ByteBuffer datagram) throws IOException {
        try {
            return channel.write(datagram) > 0;
        } catch (PortUnreachableException e) {
            return false;
        }
    }

    /// Bytes read, 0 when nothing has come.
    int receive(ByteBuffer into) throws IOException {
        try {
            return channel.read(into);
        } catch (PortUnreachableException e) {
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
