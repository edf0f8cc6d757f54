package dev.starling.sim;

import dev.starling.id.Endpoint;
import dev.starling.swarm.ConnectionId;
import dev.starling.swarm.SwarmInput;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireDecoder;
import dev.starling.wire.WireEncoder;
import dev.starling.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/// One peer's side of a connection: turns bytes into inputs of its swarm, as the edge does.
final class SimConnection implements SimStream.Listener {

    final ConnectionId id;
    final Endpoint remote;
    final boolean isOutgoing;
    final WireEncoder encoder = new WireEncoder();

    private final WireDecoder decoder = new WireDecoder();
    private final Consumer<SwarmInput> inputs;
    private byte[] unread = new byte[0];
    private boolean isIntroduced;
    private boolean isClosed;

    SimConnection(
            ConnectionId id, Endpoint remote, boolean isOutgoing, Consumer<SwarmInput> inputs) {
        this.id = id;
        this.remote = remote;
        this.isOutgoing = isOutgoing;
        this.inputs = inputs;
    }

    @Override
    public void received(byte[] bytes) {
        byte[] all = Arrays.copyOf(unread, unread.length + bytes.length);
        System.arraycopy(bytes, 0, all, unread.length, bytes.length);
        var in = ByteBuffer.wrap(all);
        if (!isIntroduced) {
            introduce(in);
        }
        while (isIntroduced && !isClosed && next(in)) {}
        unread = Arrays.copyOfRange(all, in.position(), in.limit());
    }

    @Override
    public void closed() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (isIntroduced) {
            inputs.accept(new SwarmInput.Closed(id));
        } else if (isOutgoing) {
            inputs.accept(new SwarmInput.ConnectFailed(remote, "closed before the handshake"));
        }
    }

    void abandon() {
        isClosed = true;
    }

    boolean isClosed() {
        return isClosed;
    }

    private void introduce(ByteBuffer in) {
        switch (Handshake.read(in)) {
            case Handshake.Read(var handshake) -> {
                isIntroduced = true;
                inputs.accept(new SwarmInput.Connected(id, remote, isOutgoing, handshake));
            }
            case Handshake.Incomplete() -> {}
            case Handshake.Malformed(var reason) -> throw new IllegalStateException(reason);
        }
    }

    private boolean next(ByteBuffer in) {
        return switch (decoder.next(in)) {
            case WireDecoder.Decoded(var message) -> {
                if (message instanceof WireMessage.ExtensionHandshake handshake) {
                    encoder.remote(handshake);
                }
                inputs.accept(new SwarmInput.Received(id, message));
                yield true;
            }
            case WireDecoder.Incomplete _ -> false;
            case WireDecoder.Malformed(var reason) -> {
                inputs.accept(new SwarmInput.Misbehaved(id, reason));
                isClosed = true;
                yield false;
            }
        };
    }
}
