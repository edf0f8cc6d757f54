package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcResponse;
import dev.starling.lookup.LookupEffect.Outcome;
import dev.starling.lookup.LookupTrace;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Counts a swarm without joining it: merges the filters of all nodes that know it (BEP 33).
///
/// Nodes that send peers and no filters count with these peers. A filter fuller than any honest one
/// is left out.
final class SwarmCount implements Command, Search.Listener {

    /// Entries that an honest node stores at most (BEP 33).
    private static final int MAX_ENTRIES = 6_000;

    /// Peers of nodes without filters; more than a datagram of each of fifty nodes holds.
    private static final int MAX_PEERS = 5_000;

    private final long handle;
    private final Id infoHash;
    private final Searches searches;
    private final Bootstrap bootstrap;
    private final AddressFilter peers = new AddressFilter();
    private final AddressFilter seeds = new AddressFilter();
    private final Set<Endpoint> unfiltered = new LinkedHashSet<>();
    private @Nullable Search search;
    private int nodes;
    private boolean isDone;

    SwarmCount(DhtInput.Scrape input, Searches searches, Bootstrap bootstrap) {
        this.handle = input.handle();
        this.infoHash = input.infoHash();
        this.searches = searches;
        this.bootstrap = bootstrap;
    }

    @Override
    public void begin(Turn turn) {
        search = searches.start(Search.Plan.forScrape(infoHash), this, bootstrap.contacts(), turn);
    }

    @Override
    public void refuse(Turn turn) {
        var trace = new LookupTrace(infoHash, turn.nowNanos(), List.of());
        ended(new Search.Result(Outcome.CANCELLED, List.of(), trace), turn);
    }

    @Override
    public void cancel(Turn turn) {
        isDone = true;
        if (search != null) {
            search.cancel(turn);
        }
    }

    @Override
    public void expire(Turn turn) {}

    @Override
    public long nextDeadlineNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean isDone() {
        return isDone;
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
    public void familyEnded(List<Contact> closest, Turn turn) {}

    @Override
    public void ended(Search.Result result, Turn turn) {
        if (isDone) {
            return;
        }
        isDone = true;
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
