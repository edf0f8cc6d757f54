package dev.starling.krpc;

import dev.starling.bencode.ByteString;

/// One datagram of the DHT (BEP 5, "KRPC Protocol").
public sealed interface KrpcMessage permits KrpcQuery, KrpcResponse, KrpcError {

    /// Chosen by whoever asks and returned unchanged; others choose any length up to
    /// [KrpcCodec#MAX_TRANSACTION_BYTES].
    ByteString transaction();
}
