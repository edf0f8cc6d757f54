package dev.starling.krpc;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.item.Item;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// An answer (BEP 5, "Response Packet"). The wire does not say to which query: the transaction
/// does, so all that an answer may carry is here and absent parts are empty.
///
/// @param sender the answering node's id
/// @param nodes contacts by IPv4 (`nodes`) and by IPv6 (`nodes6`) in one list
/// @param values peers (`values`), of either family
/// @param token to be returned in announce_peer; empty when absent
/// @param observed the endpoint the answerer saw us at (`ip`, BEP 42)
/// @param version `v`, empty when absent
/// @param extra what answers to the queries of BEP 33, 44 and 51 carry besides
public record KrpcResponse(
        ByteString transaction,
        Id sender,
        List<Contact> nodes,
        List<Endpoint> values,
        ByteString token,
        Optional<Endpoint> observed,
        ByteString version,
        Extra extra)
        implements KrpcMessage {

    public KrpcResponse {
        nodes = List.copyOf(nodes);
        values = List.copyOf(values);
    }

    /// An answer to a query of BEP 5.
    public KrpcResponse(
            ByteString transaction,
            Id sender,
            List<Contact> nodes,
            List<Endpoint> values,
            ByteString token,
            Optional<Endpoint> observed,
            ByteString version) {
        this(transaction, sender, nodes, values, token, observed, version, Extra.NONE);
    }

    /// What an answer may carry besides.
    public sealed interface Extra {
        Extra NONE = new None();
    }

    public record None() implements Extra {}

    /// How many peers and seeds are known, as bloom filters of their addresses (BEP 33, `BFpe` and
    /// `BFsd`), 256 bytes each.
    public record Scrape(ByteString peers, ByteString seeds) implements Extra {}

    /// Some of the infohashes that the node holds peers of (BEP 51).
    ///
    /// @param intervalSeconds for how long asking again gives the same
    /// @param total how many there are
    public record Samples(long intervalSeconds, long total, List<Id> infoHashes) implements Extra {
        public Samples {
            infoHashes = List.copyOf(infoHashes);
        }
    }

    /// A stored item (BEP 44), unverified. Of a mutable one that is no newer than what was asked
    /// for there is only its number.
    ///
    /// @param seq of a mutable item
    public record Stored(Optional<Item> item, OptionalLong seq) implements Extra {

        public static Stored of(Item item) {
            return new Stored(
                    Optional.of(item),
                    switch (item) {
                        case Item.Immutable _ -> OptionalLong.empty();
                        case Item.Mutable mutable -> OptionalLong.of(mutable.seq());
                    });
        }
    }
}
