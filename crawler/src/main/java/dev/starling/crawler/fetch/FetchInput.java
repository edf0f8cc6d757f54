package dev.starling.crawler.fetch;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.nio.ByteBuffer;
import java.util.List;

/// What may happen to a fetcher. A `connection` is the number that [FetchEffect.Connect] gave it.
public sealed interface FetchInput {

    /// These peers may have this torrent; may come again with others.
    record Candidates(Id infoHash, List<Endpoint> peers) implements FetchInput {
        public Candidates {
            peers = List.copyOf(peers);
        }
    }

    record Connected(long connection) implements FetchInput {}

    /// Bytes came; the buffer is only read, during the call.
    record Received(long connection, ByteBuffer bytes) implements FetchInput {}

    /// The connection has ended, or never came to be.
    record Closed(long connection) implements FetchInput {}

    /// Begin no further attempts, or go on: the owner wants a pause.
    record Hold(boolean isHeld) implements FetchInput {}
}
