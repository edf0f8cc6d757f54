package dev.starling.krpc;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import java.util.Optional;

/// A refusal (BEP 5, "Errors"; BEP 44, "Errors").
public record KrpcError(
        ByteString transaction, int code, String message, Optional<Endpoint> observed)
        implements KrpcMessage {

    public static final int GENERIC = 201;
    public static final int SERVER = 202;

    /// Malformed packet, invalid arguments or a bad token.
    public static final int PROTOCOL = 203;

    public static final int METHOD_UNKNOWN = 204;

    /// A value of over [dev.starling.item.Item#MAX_VALUE_BYTES] (this and those below: BEP 44).
    public static final int VALUE_TOO_BIG = 205;

    public static final int INVALID_SIGNATURE = 206;

    /// A salt of over [dev.starling.item.Item#MAX_SALT_BYTES].
    public static final int SALT_TOO_BIG = 207;

    /// The item here has not the sequence number that `cas` names.
    public static final int CAS_MISMATCH = 301;

    /// The item here is as new or newer.
    public static final int SEQUENCE_TOO_LOW = 302;
}
