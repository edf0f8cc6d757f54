package dev.starling.net;

import dev.starling.id.Endpoint;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireDecoder;
import dev.starling.wire.WireEncoder;
import dev.starling.wire.WireMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A TCP connection to a peer with which handshakes have been exchanged. Loop only.
///
/// What is sent in one turn leaves together at its end; blocks are written from where they lie.
public final class PeerConnection {

    /// Bytes waiting for a peer that does not read, beyond which it is given up: all the blocks a
    /// swarm has under way for one peer, and as much again of other messages.
    static final int MAX_UNSENT_BYTES = 4 << 20;

    /// Messages of one turn are gathered in buffers of this size; most turns fill less.
    private static final int GATHER_BYTES = 4096;

    private final NetLoop loop;
    private final Channel channel;
    private final Details details;
    private final PeerHandler handler;
    private final WireReader reader;
    private final WireEncoder encoder = new WireEncoder();

    private @Nullable ByteBuf gathered;
    private @Nullable ByteBuf reading;
    private int unsentBytes;
    private int readBytes;
    private boolean isFlushDue;
    private boolean isPaused;
    private boolean isResting;
    private boolean isClosed;

    /// Who the peer is.
    ///
    /// @param number of this connection, never used again
    /// @param endpoint where it called from, or where it listens if we called
    /// @param handshake the peer's
    public record Details(
            long number, Endpoint endpoint, boolean isOutgoing, Handshake handshake) {}

    PeerConnection(NetLoop loop, Channel channel, Details details, PeerHandler handler) {
        this.loop = loop;
        this.channel = channel;
        this.details = details;
        this.handler = handler;
        this.reader = new WireReader(channel.alloc(), new WireDecoder(), new Received());
    }

    public Details details() {
        return details;
    }

    /// Sends a message, unless the connection is closed.
    public void send(WireMessage message) {
        if (!isClosed) {
            byte[] bytes = encoder.encode(message);
            gather(bytes.length).writeBytes(bytes);
        }
    }

    /// Sends `piece` messages, headers and all, from where they lie encoded. They stay there until
    /// `sent` is run: when they have left or have been given up.
    public void sendBlocks(ByteBuffer messages, Runnable sent) {
        if (isClosed) {
            sent.run();
            return;
        }
        flushAtTurnEnd();
        writeGathered();
        write(Unpooled.wrappedBuffer(messages), sent);
    }

    /// Keeps the buffer in which the message being received lies, until what is returned is run, on
    /// any thread. Only during [PeerHandler#received].
    public Runnable keepReading() {
        if (reading == null) {
            throw new IllegalStateException("no message is being received");
        }
        return new Kept(reading.retain());
    }

    /// Closes the connection; what has been sent before may still leave.
    public void close() {
        if (!isClosed) {
            flush();
            var _ = channel.close();
        }
    }

    /// Hands on what has been read.
    void read(ByteBuf in) {
        readBytes += in.readableBytes();
        reader.read(in);
    }

    /// All that the kernel had, or would give at once, has been read.
    void readEnded(ReadPace pace) {
        if (ReadPace.isWorthRest(readBytes) && !isResting && !isClosed) {
            isResting = true;
            setReading();
            pace.rest(this);
        }
        readBytes = 0;
    }

    void rested() {
        isResting = false;
        setReading();
    }

    void pauseReading(boolean isPaused) {
        this.isPaused = isPaused;
        setReading();
    }

    private void setReading() {
        channel.config().setAutoRead(!isPaused && !isResting);
    }

    /// The channel has closed.
    void closed() {
        isClosed = true;
        reader.close();
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
        handler.closed(this);
    }

    private ByteBuf gather(int bytes) {
        if (gathered != null && gathered.writableBytes() < bytes) {
            writeGathered();
            gathered.release();
            gathered = null;
        }
        if (gathered == null) {
            gathered = channel.alloc().directBuffer(Math.max(bytes, GATHER_BYTES));
        }
        flushAtTurnEnd();
        return gathered;
    }

    private void flushAtTurnEnd() {
        if (!isFlushDue) {
            isFlushDue = true;
            loop.atTurnEnd(this::flush);
        }
    }

    private void writeGathered() {
        if (gathered != null && gathered.isReadable()) {
            write(gathered.readRetainedSlice(gathered.readableBytes()), PeerConnection::nothing);
        }
    }

    private static void nothing() {}

    private void write(ByteBuf buffer, Runnable sent) {
        int bytes = buffer.readableBytes();
        unsentBytes += bytes;
        var _ = channel.write(buffer).addListener(new Written(bytes, sent));
    }

    private void flush() {
        isFlushDue = false;
        if (isClosed) {
            return;
        }
        writeGathered();
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
        channel.flush();
        if (unsentBytes > MAX_UNSENT_BYTES) {
            var _ = channel.close();
        }
    }

    // Classes, not lambdas, for what is made for every block: making a lambda is slow until the
    // optimizing compiler has seen to it, and it comes late.

    /// A buffer kept beyond the call that brought it.
    private record Kept(ByteBuf buffer) implements Runnable {
        @Override
        public void run() {
            buffer.release();
        }
    }

    /// Bytes on their way to the kernel.
    private final class Written implements ChannelFutureListener {

        private final int bytes;
        private final Runnable sent;

        Written(int bytes, Runnable sent) {
            this.bytes = bytes;
            this.sent = sent;
        }

        @Override
        public void operationComplete(ChannelFuture future) {
            unsentBytes -= bytes;
            sent.run();
        }
    }

    private final class Received implements WireReader.Sink {

        @Override
        public boolean message(WireMessage message, ByteBuf buffer) {
            if (message instanceof WireMessage.ExtensionHandshake extensions) {
                encoder.remote(extensions);
            }
            reading = buffer;
            handler.received(PeerConnection.this, message);
            reading = null;
            return !isClosed && channel.isOpen();
        }

        @Override
        public void malformed(String reason) {
            handler.misbehaved(PeerConnection.this, reason);
            var _ = channel.close();
        }
    }
}
