package dev.starling.dht;

import dev.starling.id.Endpoint;
import dev.starling.krpc.KrpcResponse;
import java.util.LinkedHashSet;
import java.util.Set;

/// Counts a swarm without joining it: merges the filters of all nodes that know it (BEP 33).
///
/// Nodes that send peers and no filters count with these peers. A filter fuller than any honest one
/// is left out.
final class SwarmCount extends SearchCommand {

    /// Entries that an honest node stores at most (BEP 33).
    private static final int MAX_ENTRIES = 6_000;

    /// Peers of nodes without filters; more than a datagram of each of fifty nodes holds.
    private static final int MAX_PEERS = 5_000;

    private final long handle;
    private final AddressFilter peers = new AddressFilter();
    private final AddressFilter seeds = new AddressFilter();
    private final Set<Endpoint> unfiltered = new LinkedHashSet<>();
    private int nodes;

    SwarmCount(DhtInput.Scrape input, Searches searches, Bootstrap bootstrap) {
        super(input.infoHash(), Search.Plan.forScrape(input.infoHash()), searches, bootstrap);
        this.handle = input.handle();
    }

    @Override
    public void answered(Answer answer, Turn turn) {
        if (answer.extra() instanceof KrpcResponse.Scrape(var peerBits, var seedBits)) {
            var itsPeers = AddressFilter.of(peerBits);
            var itsSeeds = AddressFilter.of(seedBits);
            if (itsPeers.isPresent()
                    && itsSeeds.isPresent()
                    && itsPeers.get().estimate() <= MAX_ENTRIES
                    && itsSeeds.get().estimate() <= MAX_ENTRIES) {
                peers.merge(itsPeers.get());
                seeds.merge(itsSeeds.get());
                nodes++;
            }
        } else if (!answer.peers().isEmpty()) {
            nodes++;
            for (var peer : answer.peers()) {
                if (unfiltered.size() < MAX_PEERS) {
                    unfiltered.add(peer);
                }
            }
        }
    }

    @Override
    void tell(Search.Result result, Turn turn) {
        for (var peer : unfiltered) {
            if (!seeds.mayContain(peer.address())) {
                peers.add(peer.address());
            }
        }
        turn.emit(
                new DhtEffect.Scraped(
                        handle, result.outcome(), nodes, peers, seeds, result.trace()));
    }
}
