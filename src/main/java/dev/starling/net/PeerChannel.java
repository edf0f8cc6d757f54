package dev.starling.net;

import dev.starling.id.Endpoint;
import dev.starling.wire.Handshake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One TCP channel: exchanges handshakes within a time, then feeds a [PeerConnection].
final class PeerChannel extends ChannelInboundHandlerAdapter {

    /// A peer that has not said in this time what it wants is not worth its place.
    static final long HANDSHAKE_NANOS = 8_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(PeerChannel.class);

    private final PeerPort port;
    private final Endpoint endpoint;
    private final ByteBuffer greeting = ByteBuffer.allocate(Handshake.LENGTH_BYTES);

    /// Whom the call is for; known from the start if we called.
    private Optional<PeerPort.Welcome> welcome;

    private final boolean isOutgoing;
    private @Nullable PeerConnection connection;
    private @Nullable Future<?> patience;
    private boolean isEnded;
    private String failure = "closed before the handshake";

    /// A call of ours.
    PeerChannel(PeerPort port, Endpoint endpoint, PeerPort.Welcome welcome) {
        this.port = port;
        this.endpoint = endpoint;
        this.welcome = Optional.of(welcome);
        this.isOutgoing = true;
    }

    /// A call from `endpoint`.
    PeerChannel(PeerPort port, Endpoint endpoint) {
        this.port = port;
        this.endpoint = endpoint;
        this.welcome = Optional.empty();
        this.isOutgoing = false;
    }

    /// The call was not even taken.
    void unconnected(Throwable cause) {
        failure = String.valueOf(cause.getMessage());
        ended();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        patience =
                port.loop()
                        .schedule(() -> refuse(context, "no handshake in time"), HANDSHAKE_NANOS);
        welcome.ifPresent(ours -> greet(context, ours.handshake()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var in = (ByteBuf) message;
        try {
            if (connection == null && context.channel().isActive()) {
                readHandshake(context, in);
            }
            if (connection != null && in.isReadable()) {
                connection.read(in);
            }
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (connection != null) {
            connection.readEnded(port.pace());
        }
    }

    private void readHandshake(ChannelHandlerContext context, ByteBuf in) {
        int taken = Math.min(greeting.remaining(), in.readableBytes());
        greeting.limit(greeting.position() + taken);
        in.readBytes(greeting);
        greeting.flip();
        switch (Handshake.read(greeting)) {
            case Handshake.Read(var theirs) -> greeted(context, theirs);
            case Handshake.Incomplete _ -> greeting.compact();
            case Handshake.Malformed(var reason) -> refuse(context, reason);
        }
    }

    private void greeted(ChannelHandlerContext context, Handshake theirs) {
        if (!isOutgoing) {
            welcome = port.welcome(theirs.infoHash(), endpoint);
        }
        if (welcome.isEmpty()) {
            refuse(context, "no such torrent here");
            return;
        }
        var ours = welcome.get().handshake();
        if (!theirs.infoHash().equals(ours.infoHash())) {
            refuse(context, "the peer has another torrent");
        } else if (theirs.peerId().equals(ours.peerId())) {
            if (isOutgoing) {
                port.foundOurselves(endpoint);
            }
            refuse(context, "this is ourselves");
        } else {
            if (!isOutgoing) {
                greet(context, ours);
            }
            connect(context.channel(), theirs, welcome.get().handler());
        }
    }

    private void connect(Channel channel, Handshake theirs, PeerHandler handler) {
        stopWaiting();
        var details =
                new PeerConnection.Details(PeerPort.nextNumber(), endpoint, isOutgoing, theirs);
        connection = new PeerConnection(port.loop(), channel, details, handler);
        port.connected(connection);
        if (isOutgoing) {
            isEnded = true;
            port.callEnded();
        }
        handler.connected(connection);
    }

    private void greet(ChannelHandlerContext context, Handshake ours) {
        var _ =
                context.writeAndFlush(
                        Unpooled.wrappedBuffer(ours.toBytes()), context.voidPromise());
    }

    private void refuse(ChannelHandlerContext context, String reason) {
        failure = reason;
        LOG.debug("connection refused: peer={} reason={}", endpoint, reason);
        var _ = context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopWaiting();
        if (connection != null) {
            port.closed(connection);
            connection.closed();
        } else {
            ended();
        }
    }

    /// The call has come to nothing.
    private void ended() {
        if (isOutgoing && !isEnded) {
            isEnded = true;
            port.callEnded();
            welcome.ifPresent(ours -> ours.handler().connectFailed(endpoint, failure));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            failure = String.valueOf(cause.getMessage());
            LOG.debug("connection lost: peer={} reason={}", endpoint, failure);
        } else {
            failure = "a mistake of ours";
            LOG.error("connection not handled: peer={}", endpoint, cause);
        }
        var _ = context.close();
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }
}
