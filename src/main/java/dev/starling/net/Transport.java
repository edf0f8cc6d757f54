package dev.starling.net;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.channels.spi.SelectorProvider;

/// The kind of event loop and sockets in use.
public enum Transport {
    /// Linux's own, with many datagrams to one system call.
    EPOLL,
    /// The JDK's, everywhere.
    NIO;

    /// A longer datagram is cut off, and so not understood. Nodes that answer with all the peers
    /// they have are known to send 3 KiB.
    static final int MAX_DATAGRAM_BYTES = 4096;

    /// Datagrams to one system call: beyond this, measured, nothing is gained.
    private static final int DATAGRAMS_PER_READ = 16;

    /// Datagrams of one turn: so many that a node sees whether it keeps up.
    private static final int DATAGRAMS_PER_TURN = 256;

    static {
        // Netty would ask every network interface for these, only to name channels in logs.
        System.setProperty("io.netty.machineId", "00:00:00:00:00:00:00:00");
        System.setProperty("io.netty.processId", "0");
    }

    /// The best this machine has.
    public static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    IoHandlerFactory handlers() {
        return switch (this) {
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    ChannelFactory<? extends DatagramChannel> datagrams(SocketProtocolFamily family) {
        return switch (this) {
            case EPOLL -> () -> new EpollDatagramChannel(family);
            case NIO -> () -> new NioDatagramChannel(family);
        };
    }

    ChannelFactory<? extends ServerSocketChannel> listeners(SocketProtocolFamily family) {
        return switch (this) {
            case EPOLL -> () -> new EpollServerSocketChannel(family);
            case NIO -> () -> new NioServerSocketChannel(SelectorProvider.provider(), family);
        };
    }

    ChannelFactory<? extends SocketChannel> streams(SocketProtocolFamily family) {
        return switch (this) {
            case EPOLL -> () -> new EpollSocketChannel(family);
            case NIO -> () -> new NioSocketChannel(SelectorProvider.provider(), family);
        };
    }

    /// Sets a datagram socket to read in batches where the kernel can.
    void batchReads(AbstractBootstrap<?, ?> bootstrap) {
        switch (this) {
            case EPOLL ->
                    bootstrap
                            .option(
                                    EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE,
                                    MAX_DATAGRAM_BYTES)
                            .option(
                                    ChannelOption.RECVBUF_ALLOCATOR,
                                    new FixedRecvByteBufAllocator(
                                                    MAX_DATAGRAM_BYTES * DATAGRAMS_PER_READ)
                                            .maxMessagesPerRead(DATAGRAMS_PER_TURN));
            case NIO ->
                    bootstrap.option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES)
                                    .maxMessagesPerRead(DATAGRAMS_PER_TURN));
        }
    }
}
