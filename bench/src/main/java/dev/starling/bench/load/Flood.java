package dev.starling.bench.load;

import dev.starling.id.Id;
import dev.starling.node.Failure;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Queries without end from many addresses that never read an answer, on a thread of its own. The
/// kernel cuts each write into the datagrams it holds, which is what makes one core enough to
/// overwhelm another.
final class Flood implements AutoCloseable {

    /// 127.78.0.0/16, beside the nodes that [LoadNodes] plays.
    private static final int LOOPBACK_NETWORK = 78;

    /// Datagrams of one write, all from one address; the kernel takes 64 (`UDP_SEGMENT`, udp(7)).
    private static final int BATCH = 32;

    /// Batches made beforehand, each of other queries.
    private static final int BATCHES = 512;

    private static final long TICK_MICROS = 500;

    /// Who was held up does not catch up at once: a tick sends ten times its share at most.
    private static final int MAX_LATE_TICKS = 10;

    /// The kernel's least: answers are dropped where they arrive.
    private static final int RECEIVE_BUFFER_BYTES = 2_304;

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final InetSocketAddress target;
    private final List<Channel> sources = new ArrayList<>();
    private final List<ByteBuf> batches = new ArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private int queryBytes;
    private volatile long perSecond;

    // Confined to the loop.
    private int turn;
    private long lastNanos;
    private double due;

    /// @param addresses to send from
    Flood(InetSocketAddress target, int addresses, RandomGenerator random)
            throws Failure, UnknownHostException {
        this.target = target;
        if (!EpollDatagramChannel.isSegmentedDatagramPacketSupported()) {
            throw new Failure("this system cannot send fast enough to flood", "Linux 4.18 can.");
        }
        for (int i = 0; i < BATCHES; i++) {
            batches.add(batch(random));
        }
        for (int i = 1; i <= addresses; i++) {
            sources.add(
                    bind(
                            InetAddress.getByAddress(
                                    new byte[] {
                                        127, LOOPBACK_NETWORK, (byte) (i >>> 8), (byte) i
                                    })));
        }
        var _ = group.next().scheduleAtFixedRate(this::tick, 0, TICK_MICROS, TimeUnit.MICROSECONDS);
    }

    private Channel bind(InetAddress address) {
        return new Bootstrap()
                .group(group)
                .channel(EpollDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInboundHandlerAdapter())
                .bind(address, 0)
                .syncUninterruptibly()
                .channel();
    }

    private ByteBuf batch(RandomGenerator random) {
        var writer = new QueryWriter();
        var batch = Unpooled.directBuffer();
        for (int i = 0; i < BATCH; i++) {
            var query = writer.findNode(Id.random(random), Id.random(random), random.nextInt());
            queryBytes = query.remaining();
            batch.writeBytes(query);
        }
        return batch;
    }

    /// Sends so many queries a second from now on; 0 for none.
    void rate(long queriesPerSecond) {
        perSecond = queriesPerSecond;
    }

    /// Queries sent so far.
    long sent() {
        return sent.get();
    }

    private void tick() {
        long now = System.nanoTime();
        double share = perSecond / 1e9;
        double elapsed = Math.min(now - lastNanos, MAX_LATE_TICKS * TICK_MICROS * 1_000);
        lastNanos = now;
        due = share == 0 ? 0 : due + elapsed * share;
        for (; due >= BATCH; due -= BATCH) {
            var source = sources.get(turn % sources.size());
            var batch = batches.get(turn % batches.size()).retainedDuplicate();
            var _ =
                    source.writeAndFlush(
                            new SegmentedDatagramPacket(batch, queryBytes, target),
                            source.voidPromise());
            turn = (turn + 1) & Integer.MAX_VALUE;
            sent.addAndGet(BATCH);
        }
    }

    @Override
    public void close() {
        var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    }
}
