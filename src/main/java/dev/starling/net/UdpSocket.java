package dev.starling.net;

import dev.starling.id.Endpoint;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A bound UDP socket on a loop. What is sent in one turn leaves together at its end.
///
/// An IPv6 socket bound to `::` serves both families. Datagrams that cannot be sent are dropped, as
/// the network would.
public final class UdpSocket implements Bound {

    /// Bytes waiting for the kernel beyond which datagrams are dropped: what a slow link carries in
    /// a second or two; older ones nobody waits for.
    static final int MAX_UNSENT_BYTES = 1 << 20;

    /// Asked of the kernel for both directions: a burst of a few thousand datagrams.
    private static final int SOCKET_BUFFER_BYTES = 2 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

    private final NetLoop loop;
    private final Channel channel;
    private final Endpoint local;
    private boolean isFlushDue;

    /// Hears datagrams, on the loop. `payload` is valid only during the call.
    public interface Receiver {
        void received(Endpoint from, ByteBuffer payload);
    }

    private UdpSocket(NetLoop loop, Channel channel) {
        this.loop = loop;
        this.channel = channel;
        this.local = Binding.local(channel);
    }

    /// Binds every endpoint of `listen`, one socket each; port 0 for any one that is free. Nothing
    /// is read before [#receive].
    ///
    /// @throws IOException if a port is taken or an address is not ours, saying which
    public static List<UdpSocket> bindAll(NetLoop loop, List<Endpoint> listen) throws IOException {
        return Binding.bindAll(listen, local -> bind(loop, local));
    }

    private static UdpSocket bind(NetLoop loop, Endpoint local) throws IOException {
        var family = Addresses.family(local);
        var bootstrap =
                new Bootstrap()
                        .group(loop.group())
                        .channelFactory(loop.transport().datagrams(family))
                        .option(ChannelOption.ALLOCATOR, Buffers.allocator())
                        .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                        .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                        .option(
                                ChannelOption.WRITE_BUFFER_WATER_MARK,
                                new WriteBufferWaterMark(MAX_UNSENT_BYTES / 2, MAX_UNSENT_BYTES))
                        .option(ChannelOption.AUTO_READ, false)
                        .handler(new ChannelInboundHandlerAdapter());
        loop.transport().batchReads(bootstrap);
        return new UdpSocket(loop, Binding.bind(bootstrap, "UDP", local));
    }

    @Override
    public Endpoint local() {
        return local;
    }

    /// Whether it may still send and receive.
    public boolean isOpen() {
        return channel.isActive();
    }

    /// Hands every datagram to `receiver` from now on; called once.
    public void receive(Receiver receiver) {
        channel.pipeline().addLast(new Inbound(receiver));
        channel.config().setAutoRead(true);
    }

    /// Sends a copy of `payload`. Loop only.
    public void send(Endpoint to, ByteBuffer payload) {
        if (!channel.isWritable() || to.port() == 0) {
            return;
        }
        ByteBuf copy = channel.alloc().directBuffer(payload.remaining());
        copy.writeBytes(payload.duplicate());
        var packet = new DatagramPacket(copy, Addresses.socketAddress(to));
        var _ = channel.write(packet, channel.voidPromise());
        if (!isFlushDue) {
            isFlushDue = true;
            loop.atTurnEnd(this::flush);
        }
    }

    private void flush() {
        isFlushDue = false;
        channel.flush();
    }

    @Override
    public void close() {
        var _ = channel.close();
    }

    private static final class Inbound extends ChannelInboundHandlerAdapter {

        private final Receiver receiver;

        Inbound(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var packet = (DatagramPacket) message;
            try {
                var from = Addresses.endpoint(packet.sender());
                receiver.received(from, packet.content().nioBuffer());
            } finally {
                packet.release();
            }
        }

        /// An unreachable address or a full queue: the lost datagram's timeout will tell.
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof IOException) {
                LOG.trace("datagram not sent: reason={}", cause.getMessage());
            } else {
                LOG.error("datagram not handled", cause);
            }
        }
    }
}
