package dev.starling.net;

import dev.starling.id.Endpoint;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.util.List;

/// A listening TCP socket. One bound to `::` takes calls of both families.
final class TcpListener implements Bound {

    private static final int BACKLOG = 128; // a turn of the loop takes them all

    private final Channel channel;
    private final Endpoint local;

    private TcpListener(Channel channel) {
        this.channel = channel;
        this.local = Binding.local(channel);
    }

    /// Binds every endpoint of `listen`; `answering` prepares the channel of each call.
    static List<TcpListener> bindAll(NetLoop loop, List<Endpoint> listen, ChannelHandler answering)
            throws IOException {
        return Binding.bindAll(listen, local -> bind(loop, local, answering));
    }

    private static TcpListener bind(NetLoop loop, Endpoint local, ChannelHandler answering)
            throws IOException {
        var bootstrap =
                new ServerBootstrap()
                        .group(loop.group())
                        .channelFactory(loop.transport().listeners(Addresses.family(local)))
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.ALLOCATOR, Buffers.allocator())
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.RECVBUF_ALLOCATOR, PeerPort.reads())
                        .childHandler(answering);
        return new TcpListener(Binding.bind(bootstrap, "TCP", local));
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public void close() {
        var _ = channel.close();
    }
}
