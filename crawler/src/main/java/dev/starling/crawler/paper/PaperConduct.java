package dev.starling.crawler.paper;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.krpc.KrpcQuery;
import java.util.List;
import java.util.Optional;

/// What happens at an endpoint of a network on paper that is asked: how hostile nodes behave.
public interface PaperConduct {

    /// Everyone behaves.
    PaperConduct HONEST = (_, _) -> Optional.empty();

    /// A datagram that comes back.
    ///
    /// @param from whom it seems to come
    record Reply(Endpoint from, ByteString datagram) {}

    /// What comes back, nothing if the list is empty; no list if the network answers as it should.
    Optional<List<Reply>> replies(Endpoint at, KrpcQuery query);
}
