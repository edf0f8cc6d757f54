package dev.starling.crawler.walk;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.nio.ByteBuffer;
import java.util.List;

/// What may happen to a crawl.
public sealed interface CrawlInput {

    /// A datagram came to the node of this number; the buffer is only read, during the call.
    record Datagram(int node, Endpoint from, ByteBuffer payload) implements CrawlInput {}

    /// Contacts of earlier runs and addresses of bootstrap nodes.
    record Bootstrap(List<Contact> saved, List<Endpoint> routers) implements CrawlInput {
        public Bootstrap {
            saved = List.copyOf(saved);
            routers = List.copyOf(routers);
        }
    }

    /// A sweep broken off by an earlier run goes on: these zones have been swept.
    record Resume(int zoneBits, List<Integer> swept) implements CrawlInput {
        public Resume {
            swept = List.copyOf(swept);
        }
    }

    /// What is remembered of a zone's nodes, and the infohashes in it that want peers or a count.
    record ZoneLoaded(Zone zone, List<NodeRow> nodes, List<Lead> wanted) implements CrawlInput {
        public ZoneLoaded {
            nodes = List.copyOf(nodes);
            wanted = List.copyOf(wanted);
        }
    }

    /// An infohash to follow up.
    record Lead(Id infoHash, Verdict verdict) {}

    /// The store has judged a sighted infohash.
    record Judged(Zone zone, Id infoHash, Verdict verdict) implements CrawlInput {}

    /// An infohash that an earlier run had sighted at these nodes and not finished with.
    record Unfinished(Id infoHash, List<Contact> reporters) implements CrawlInput {
        public Unfinished {
            reporters = List.copyOf(reporters);
        }
    }

    /// Begin no further zones, or go on: the fetcher has enough to do.
    record Hold(boolean isHeld) implements CrawlInput {}

    /// Ask nobody, or go on: the owner wants it. Answering others and keeping the nodes' tables go
    /// on.
    record Pause(boolean isPaused) implements CrawlInput {}
}
