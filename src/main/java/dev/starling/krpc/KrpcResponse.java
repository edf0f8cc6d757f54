package dev.starling.krpc;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.List;
import java.util.Optional;

/// An answer (BEP 5, "Response Packet"). The wire does not say to which query: the transaction
/// does, so all that an answer may carry is here and absent parts are empty.
///
/// @param sender the answering node's id
/// @param nodes contacts by IPv4 (`nodes`) and by IPv6 (`nodes6`) in one list
/// @param values peers (`values`), of either family
/// @param token to be returned in announce_peer; empty when absent
/// @param observed the endpoint the answerer saw us at (`ip`, BEP 42)
/// @param version `v`, empty when absent
public record KrpcResponse(
        ByteString transaction,
        Id sender,
        List<Contact> nodes,
        List<Endpoint> values,
        ByteString token,
        Optional<Endpoint> observed,
        ByteString version)
        implements KrpcMessage {

    public KrpcResponse {
        nodes = List.copyOf(nodes);
        values = List.copyOf(values);
    }
}
