package dev.starling.krpc;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import java.util.Optional;

/// A refusal (BEP 5, "Errors").
public record KrpcError(
        ByteString transaction, int code, String message, Optional<Endpoint> observed)
        implements KrpcMessage {

    public static final int GENERIC = 201;
    public static final int SERVER = 202;

    /// Malformed packet, invalid arguments or a bad token.
    public static final int PROTOCOL = 203;

    public static final int METHOD_UNKNOWN = 204;
}
