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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UDP socket that is a channel of Netty's, on every kind of loop.
final class ChannelSocket implements UdpSocket {

    /// Bytes waiting for the kernel beyond which datagrams are dropped: what a slow link carries in
    /// a second or two; older ones nobody waits for.
    static final int MAX_UNSENT_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ChannelSocket.class);

    private final NetLoop loop;
    private final Channel channel;
    private final Endpoint local;
    private boolean isFlushDue;
    private @Nullable Receiver receiver;

    private ChannelSocket(NetLoop loop, Channel channel) {
        this.loop = loop;
        this.channel = channel;
        this.local = Binding.local(channel);
    }

    static ChannelSocket bind(NetLoop loop, Endpoint local) throws IOException {
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
        return new ChannelSocket(loop, Binding.bind(bootstrap, "UDP", local));
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public boolean isOpen() {
        return channel.isActive();
    }

    @Override
    public void receive(Receiver hears) {
        loop.execute(() -> receiver = hears);
        channel.pipeline().addLast(new Inbound(hears));
        channel.config().setAutoRead(true);
    }

    @Override
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
        if (receiver != null) {
            receiver.beforeSending();
        }
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
