package dev.starling.net;

import dev.starling.wire.WireDecoder;
import dev.starling.wire.WireMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Cuts what one connection receives into messages, where it lies: only a message that spans two
/// reads is moved, once, into a buffer of its own. Loop only.
final class WireReader implements AutoCloseable {

    /// A buffer for a spanning message is made as large as the message up to this, the length of a
    /// block with room to spare; longer ones grow as their bytes come, so that announcing a long
    /// message costs us nothing.
    private static final int READY_BYTES = 32 * 1024;

    private static final int LENGTH_BYTES = 4;

    /// Takes messages as they are found.
    interface Sink {
        /// A whole message.
        ///
        /// @param buffer holds the message's data; retain it to keep that data
        /// @return whether to go on
        boolean message(WireMessage message, ByteBuf buffer);

        void malformed(String reason);
    }

    private final ByteBufAllocator allocator;
    private final WireDecoder decoder;
    private final Sink sink;

    /// The beginning of a message whose rest is awaited.
    private @Nullable ByteBuf tail;

    private int missingBytes;
    private boolean isEnded;

    WireReader(ByteBufAllocator allocator, WireDecoder decoder, Sink sink) {
        this.allocator = allocator;
        this.decoder = decoder;
        this.sink = sink;
    }

    /// Takes the buffer's readable bytes; the buffer remains the caller's.
    void read(ByteBuf in) {
        while (tail != null && !isEnded && in.isReadable()) {
            var spanning = tail;
            int take = Math.min(missingBytes, in.readableBytes());
            reserve(spanning, take).writeBytes(in, take);
            missingBytes -= take;
            if (missingBytes == 0) {
                tail = null;
                decode(spanning);
                spanning.release();
            }
        }
        if (!isEnded && in.isReadable()) {
            decode(in);
        }
    }

    /// Forgets the rest of a message; nothing more is read.
    @Override
    public void close() {
        isEnded = true;
        if (tail != null) {
            tail.release();
            tail = null;
        }
    }

    private void decode(ByteBuf buffer) {
        ByteBuffer view = buffer.nioBuffer();
        while (!isEnded) {
            var result = decoder.next(view);
            if (result instanceof WireDecoder.Decoded(var message)) { // first: see Swarm.dispatch
                isEnded |= !sink.message(message, buffer);
            } else if (stop(result, view, buffer)) {
                return;
            }
        }
    }

    /// Whether the buffer holds no more messages.
    private boolean stop(WireDecoder.Result result, ByteBuffer view, ByteBuf buffer) {
        return switch (result) {
            case WireDecoder.Decoded(var message) -> !sink.message(message, buffer);
            case WireDecoder.Incomplete(int missing) -> {
                keep(view, missing);
                yield true;
            }
            case WireDecoder.Malformed(var reason) -> {
                isEnded = true;
                sink.malformed(reason);
                yield true;
            }
        };
    }

    private void keep(ByteBuffer rest, int missing) {
        if (!rest.hasRemaining()) {
            return;
        }
        int wholeBytes = rest.remaining() + missing;
        tail = allocator.directBuffer(Math.clamp(wholeBytes, LENGTH_BYTES, READY_BYTES));
        tail.writeBytes(rest);
        missingBytes = missing;
    }

    /// Makes room for bytes that have come, doubling what there is.
    private static ByteBuf reserve(ByteBuf buffer, int bytes) {
        int needed = buffer.writerIndex() + bytes;
        if (needed > buffer.capacity()) {
            buffer.capacity(Math.max(needed, 2 * buffer.capacity()));
        }
        return buffer;
    }
}
