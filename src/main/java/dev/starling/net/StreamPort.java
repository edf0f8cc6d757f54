package dev.starling.net;

import dev.starling.id.Endpoint;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Outgoing TCP connections as streams of bytes, thousands of short ones, for a machine that speaks
/// the protocol itself. Loop only.
///
/// Unbounded: the machine bounds how many it asks for. The owner numbers its connections.
public final class StreamPort implements AutoCloseable {

    /// One read; most answers are shorter, and thousands of buffers of this size come from a pool.
    private static final int READ_BYTES = 16 * 1024;

    private final List<Endpoint> from;
    private final Listener listener;
    private final Bootstrap caller;
    private final NetLoop loop;
    private final Map<Long, Channel> channels = new HashMap<>();

    /// Hears what becomes of the connections, on the loop.
    public interface Listener {
        void connected(long connection);

        /// `bytes` is valid only during the call.
        void received(long connection, ByteBuffer bytes);

        /// It has ended, or never came to be; not called after [StreamPort#disconnect].
        void closed(long connection);
    }

    /// @param from addresses of ours to call from; empty to leave it to the kernel
    public StreamPort(NetLoop loop, List<Endpoint> from, Listener listener) {
        this.loop = loop;
        this.from = List.copyOf(from);
        this.listener = listener;
        this.caller =
                new Bootstrap()
                        .group(loop.group())
                        .option(ChannelOption.ALLOCATOR, Buffers.allocator())
                        .option(ChannelOption.TCP_NODELAY, true)
                        // The owner closes what takes too long.
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                        // No state is left behind with either side; thousands of ports in
                        // TIME_WAIT would be.
                        .option(ChannelOption.SO_LINGER, 0)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(READ_BYTES));
    }

    /// Calls `remote`.
    public void connect(long connection, Endpoint remote) {
        var bootstrap =
                caller.clone()
                        .channelFactory(loop.transport().streams(Addresses.family(remote)))
                        .handler(new Inbound(connection));
        var address = Addresses.socketAddress(remote);
        ChannelFuture connecting =
                Binding.callingFrom(from, remote)
                        .map(local -> bootstrap.connect(address, local))
                        .orElseGet(() -> bootstrap.connect(address));
        channels.put(connection, connecting.channel());
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                ended(connection);
            }
        });
    }

    /// Sends a copy of these bytes, at once.
    public void write(long connection, ByteBuffer bytes) {
        var channel = channels.get(connection);
        if (channel != null) {
            ByteBuf copy = channel.alloc().directBuffer(bytes.remaining());
            copy.writeBytes(bytes.duplicate());
            var _ = channel.writeAndFlush(copy, channel.voidPromise());
        }
    }

    /// Ends a connection; nothing more is heard of it.
    public void disconnect(long connection) {
        var channel = channels.remove(connection);
        if (channel != null) {
            var _ = channel.close();
        }
    }

    @Override
    public void close() {
        List.copyOf(channels.keySet()).forEach(this::disconnect);
    }

    private void ended(long connection) {
        if (channels.remove(connection) != null) {
            listener.closed(connection);
        }
    }

    private final class Inbound extends ChannelInboundHandlerAdapter {

        private final long connection;

        Inbound(long connection) {
            this.connection = connection;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (channels.containsKey(connection)) {
                listener.connected(connection);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var in = (ByteBuf) message;
            try {
                if (channels.containsKey(connection)) {
                    listener.received(connection, in.nioBuffer());
                }
            } finally {
                in.release();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ended(connection);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }
}
