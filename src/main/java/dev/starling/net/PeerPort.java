package dev.starling.net;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.wire.Handshake;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Our TCP port: peers call it, and from it we call peers. Loop only, but for [#open], [#addresses]
/// and [#close].
///
/// Bounded in connections, in calls under way and in connections with one address.
public final class PeerPort implements AutoCloseable {

    /// One read takes as much as the kernel has, up to this. The cost of a byte falls with the
    /// length of reads up to here.
    static final int READ_BYTES = 256 * 1024;

    private static final int CONNECT_MILLIS = 5000; // three lost SYNs; who is slower is no help

    /// Endpoints known to be ours: every address of a machine, and the few routers know it by.
    private static final int MAX_OURSELVES = 1000;

    /// How many connections at most.
    ///
    /// @param connections in all, calls under way included
    /// @param calls under way at a time; further ones wait their turn
    /// @param perAddress with one address, local ones exempt
    public record Limits(int connections, int calls, int perAddress) {
        /// 500 connections, more than a swarm gains from; 64 calls, which home routers bear; 4 of
        /// one address, for households behind one.
        public static final Limits USUAL = new Limits(500, 64, 4);
    }

    /// How a connection for one infohash begins.
    ///
    /// @param handshake ours
    public record Welcome(Handshake handshake, PeerHandler handler) {}

    /// Knows who answers calls.
    public interface Reception {
        /// Empty if nobody here wants this torrent.
        Optional<Welcome> welcome(Id infoHash, Endpoint from);
    }

    private record Call(Endpoint endpoint, Welcome welcome) {}

    private static final AtomicLong LAST_NUMBER = new AtomicLong();

    private final NetLoop loop;
    private final Reception reception;
    private final ConnectionCount count;
    private final Bootstrap caller;
    private final List<TcpListener> listeners;
    private final List<Endpoint> addresses;

    // Confined to the loop.
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private final Set<PeerConnection> connections = new LinkedHashSet<>();
    private final Set<Endpoint> ourselves;
    private final ReadPace pace;
    private boolean isPaused;

    private PeerPort(NetLoop loop, List<Endpoint> listen, Limits limits, Reception reception)
            throws IOException {
        this.loop = loop;
        this.reception = reception;
        this.count = new ConnectionCount(limits);
        this.pace = new ReadPace(loop);
        this.listeners = TcpListener.bindAll(loop, listen, new Answering());
        this.addresses = listeners.stream().map(TcpListener::local).toList();
        this.ourselves = ListenAddresses.reachedAt(addresses);
        this.caller =
                new Bootstrap()
                        .group(loop.group())
                        .option(ChannelOption.ALLOCATOR, Buffers.allocator())
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                        .option(ChannelOption.RECVBUF_ALLOCATOR, reads());
    }

    /// Binds every endpoint of `listen`.
    ///
    /// @throws IOException if the port is taken or an address is not ours, saying which
    public static PeerPort open(
            NetLoop loop, List<Endpoint> listen, Limits limits, Reception reception)
            throws IOException {
        return new PeerPort(loop, listen, limits, reception);
    }

    /// The endpoints bound.
    public List<Endpoint> addresses() {
        return addresses;
    }

    /// Calls a peer; the welcome's handler hears what becomes of it.
    public void connect(Endpoint endpoint, Welcome welcome) {
        waiting.add(new Call(endpoint, welcome));
        callNext();
    }

    /// Whether calling `endpoint` would be calling ourselves, as far as we know. A DHT that knows
    /// of us names us as well.
    public boolean isOurselves(Endpoint endpoint) {
        return ourselves.contains(endpoint);
    }

    /// Stops reading from every peer, or goes on.
    public void pauseReading(boolean isPaused) {
        this.isPaused = isPaused;
        connections.forEach(connection -> connection.pauseReading(isPaused));
    }

    /// Stops listening and closes every connection.
    @Override
    public void close() {
        listeners.forEach(TcpListener::close);
        loop.execute(() -> {
            waiting.clear();
            List.copyOf(connections).forEach(PeerConnection::close);
        });
    }

    NetLoop loop() {
        return loop;
    }

    ReadPace pace() {
        return pace;
    }

    /// A number for a new connection, never given twice.
    static long nextNumber() {
        return LAST_NUMBER.incrementAndGet();
    }

    Optional<Welcome> welcome(Id infoHash, Endpoint from) {
        return reception.welcome(infoHash, from);
    }

    /// Our own handshake came back from there; a router has turned our call around.
    void foundOurselves(Endpoint endpoint) {
        if (ourselves.size() < MAX_OURSELVES) {
            ourselves.add(endpoint);
        }
    }

    void connected(PeerConnection connection) {
        connections.add(connection);
        if (isPaused) {
            connection.pauseReading(true);
        }
    }

    void closed(PeerConnection connection) {
        connections.remove(connection);
    }

    /// A call has succeeded or come to nothing.
    void callEnded() {
        count.callEnded();
        callNext();
    }

    private void callNext() {
        while (count.admitsCall() && !waiting.isEmpty()) {
            var call = waiting.remove();
            if (count.admits(call.endpoint().address())) {
                call(call);
            } else {
                call.welcome().handler().connectFailed(call.endpoint(), "too many connections");
            }
        }
    }

    private void call(Call call) {
        count.callBegun();
        var handler = new PeerChannel(this, call.endpoint(), call.welcome());
        var remote = Addresses.socketAddress(call.endpoint());
        var bootstrap =
                caller.clone()
                        .channelFactory(loop.transport().streams(Addresses.family(call.endpoint())))
                        .handler(new Opening(call.endpoint(), handler));
        ChannelFuture connecting =
                Binding.callingFrom(addresses, call.endpoint())
                        .map(local -> bootstrap.connect(remote, local))
                        .orElseGet(() -> bootstrap.connect(remote));
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                handler.unconnected(connected.cause());
            }
        });
    }

    static FixedRecvByteBufAllocator reads() {
        return new FixedRecvByteBufAllocator(READ_BYTES);
    }

    /// Counts a channel for as long as it is open.
    private void open(Channel channel, Endpoint endpoint, PeerChannel handler) {
        count.opened(endpoint.address());
        channel.closeFuture().addListener(_ -> count.closed(endpoint.address()));
        channel.pipeline().addLast(handler);
    }

    private final class Opening extends ChannelInitializer<Channel> {

        private final Endpoint endpoint;
        private final PeerChannel handler;

        Opening(Endpoint endpoint, PeerChannel handler) {
            this.endpoint = endpoint;
            this.handler = handler;
        }

        @Override
        protected void initChannel(Channel channel) {
            open(channel, endpoint, handler);
        }
    }

    private final class Answering extends ChannelInitializer<Channel> {

        @Override
        protected void initChannel(Channel channel) {
            var from = Addresses.endpoint((InetSocketAddress) channel.remoteAddress());
            if (count.admits(from.address())) {
                open(channel, from, new PeerChannel(PeerPort.this, from));
            } else {
                var _ = channel.close();
            }
        }
    }
}
