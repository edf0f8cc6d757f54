package dev.starling.crawler.fetch;

import dev.starling.id.Endpoint;
import java.util.LinkedHashMap;

/// What came of earlier attempts with peers. Bounded: the one heard of longest ago is forgotten.
/// Confined to the machine.
final class PeerMemory {

    /// 8 MB; at a thousand attempts a second, the peers of the last minutes.
    private static final int MAX_PEERS = 65_536;

    /// How much a peer is worth trying, best first.
    enum Standing {
        SERVED,
        UNKNOWN,
        FAILED,
        LIED
    }

    private final LinkedHashMap<Endpoint, Standing> peers = new LinkedHashMap<>();

    Standing of(Endpoint peer) {
        return peers.getOrDefault(peer, Standing.UNKNOWN);
    }

    /// A lie is remembered whatever follows.
    void note(Endpoint peer, Standing standing) {
        if (standing == Standing.UNKNOWN) {
            return; // given up for another's sake
        }
        var before = peers.remove(peer);
        peers.put(peer, before == Standing.LIED ? Standing.LIED : standing);
        if (peers.size() > MAX_PEERS) {
            peers.pollFirstEntry();
        }
    }
}
