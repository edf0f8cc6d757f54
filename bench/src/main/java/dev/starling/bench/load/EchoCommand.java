package dev.starling.bench.load;

import dev.starling.id.Endpoint;
import dev.starling.net.Addresses;
import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.Hosts;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `starling bench echo`: returns every datagram as it came. It does what any server must and
/// nothing else, so it is the limit that a DHT node on Netty is held against.
@Command(
        name = "echo",
        description = "Return every datagram: the limit for `bench load` to compare with.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling bench echo 127.0.0.1:7777 &",
            "  starling bench load 127.0.0.1:7777 --mix echo --pid $!"
        })
public final class EchoCommand implements Callable<Integer> {

    private static final int MAX_DATAGRAM_BYTES = 2_048;
    private static final int DATAGRAMS_PER_READ = 16;

    @Mixin private GlobalOptions options;

    @Parameters(paramLabel = "HOST:PORT", description = "Where to listen.")
    private String address = "";

    @Override
    public Integer call() throws Failure, InterruptedException {
        Endpoint local = Hosts.resolve(address);
        boolean isEpoll = Epoll.isAvailable();
        var group =
                new MultiThreadIoEventLoopGroup(
                        1, isEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        var bootstrap =
                new Bootstrap()
                        .group(group)
                        .channel(isEpoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(
                                        MAX_DATAGRAM_BYTES * (isEpoll ? DATAGRAMS_PER_READ : 1)))
                        .handler(new Echo());
        if (isEpoll) {
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM_BYTES);
        }
        try {
            var channel = bootstrap.bind(Addresses.socketAddress(local)).sync().channel();
            options.output().event(Event.of("ready").text("address", local.toString()));
            options.output().result("ready: echo on " + local);
            channel.closeFuture().sync();
            return 0;
        } finally {
            var _ = group.shutdownGracefully();
        }
    }

    /// Writes what it reads, and sends what it wrote once nothing more waits.
    private static final class Echo extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var packet = (DatagramPacket) message;
            var _ =
                    context.write(
                            new DatagramPacket(packet.content(), packet.sender()),
                            context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
