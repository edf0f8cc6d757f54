package dev.starling.crawler.fetch;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import java.nio.ByteBuffer;

/// What a fetcher asks of the world, and what it has fetched.
public sealed interface FetchEffect {

    record Connect(long connection, Endpoint peer) implements FetchEffect {}

    record Write(long connection, ByteBuffer bytes) implements FetchEffect {}

    /// No [FetchInput.Closed] need follow.
    record Disconnect(long connection) implements FetchEffect {}

    record Fetched(InfoDictionary info) implements FetchEffect {}

    /// The true info dictionary is none that we can read.
    record Unusable(Id infoHash, String reason) implements FetchEffect {}

    /// No peer has served it.
    ///
    /// @param tried how many were asked
    record Failed(Id infoHash, int tried) implements FetchEffect {}
}
