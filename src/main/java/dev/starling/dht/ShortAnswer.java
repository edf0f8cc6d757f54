package dev.starling.dht;

import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcResponse;

/// What is left of an answer for whoever might be a forged address: enough to go on with, and never
/// more than twice as long as a query that names a target.
final class ShortAnswer {

    /// Two contacts by IPv4 take 52 bytes of the 100 or so that are left.
    private static final int MAX_CONTACTS = 2;

    /// As many bytes again; by IPv6 21 each.
    static final int MAX_VALUES = 2;

    private ShortAnswer() {}

    static KrpcMessage of(KrpcMessage answer) {
        if (!(answer instanceof KrpcResponse full)) {
            return answer;
        }
        var nodes = full.nodes().stream().limit(maxContacts(!full.values().isEmpty()));
        return new KrpcResponse(
                full.transaction(),
                full.sender(),
                nodes.toList(),
                full.values().stream().limit(MAX_VALUES).toList(),
                full.token(),
                full.observed(),
                full.version());
    }

    /// How many contacts there are beside peers, or alone.
    static int maxContacts(boolean hasValues) {
        return hasValues ? 1 : MAX_CONTACTS;
    }
}
