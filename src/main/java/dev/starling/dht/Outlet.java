package dev.starling.dht;

import dev.starling.id.Endpoint;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcError;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import java.nio.ByteBuffer;

/// Where every message leaves: encoded and counted.
final class Outlet {

    private final KrpcCodec codec;
    private final Counters counters;

    Outlet(KrpcCodec codec, Counters counters) {
        this.codec = codec;
        this.counters = counters;
    }

    Counters counters() {
        return counters;
    }

    void send(Endpoint to, KrpcMessage message, Turn turn) {
        send(to, message, codec.encode(message), turn);
    }

    /// The message's bytes, good until the next message.
    ByteBuffer encode(KrpcMessage message) {
        return codec.encode(message);
    }

    /// @param datagram the message's bytes
    void send(Endpoint to, KrpcMessage message, ByteBuffer datagram, Turn turn) {
        switch (message) {
            case KrpcQuery query -> counters.asked(query);
            case KrpcError error -> counters.sent(error);
            case KrpcResponse _ -> {} // counted by the method it answers
        }
        counters.sent(datagram.remaining());
        turn.emit(new DhtEffect.Send(to, datagram));
    }
}
