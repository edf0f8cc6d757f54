package dev.starling.crawler.walk;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.nio.ByteBuffer;
import java.util.List;

/// What a crawl asks of the world, and what it has found.
public sealed interface CrawlEffect {

    /// `datagram` is a view of the machine's buffer, valid only until `accept` returns.
    record Send(int node, Endpoint to, ByteBuffer datagram) implements CrawlEffect {}

    /// Answered by [CrawlInput.ZoneLoaded].
    record LoadZone(Zone zone) implements CrawlEffect {}

    /// A node is asked for infohashes, has answered, or has not: to be remembered.
    record Saw(NodeRow node) implements CrawlEffect {}

    /// A node has answered for the first time in this sweep.
    record Visited(Id node) implements CrawlEffect {}

    /// A node holds peers of this infohash; answered by [CrawlInput.Judged].
    record Sighted(Zone zone, Id infoHash, Contact reporter) implements CrawlEffect {}

    /// Someone who queried us means this infohash; a peer who announced itself is given too.
    record Overheard(Id infoHash, List<Endpoint> peers) implements CrawlEffect {
        public Overheard {
            peers = List.copyOf(peers);
        }
    }

    /// Peers of an infohash that was judged new.
    record PeersFound(Id infoHash, List<Endpoint> peers) implements CrawlEffect {
        public PeersFound {
            peers = List.copyOf(peers);
        }
    }

    /// An infohash was judged new, and of the nodes that should hold it none names a peer.
    record Deserted(Id infoHash) implements CrawlEffect {}

    /// A swarm has been counted.
    record Counted(SwarmHealth health) implements CrawlEffect {}

    /// A zone is done with.
    record ZoneSwept(Zone zone, ZoneCount count) implements CrawlEffect {}

    /// All zones are done with; the next sweep begins when it is due.
    record SweepEnded(CrawlStats stats) implements CrawlEffect {}
}
