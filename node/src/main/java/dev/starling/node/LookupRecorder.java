package dev.starling.node;

import dev.starling.dht.DhtEffect;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.lookup.LookupEffect.Outcome;
import dev.starling.runtime.DhtListener;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;

/// Hears one lookup to its end, and its announce's if there is one. Confined to the DHT's loop but
/// for [#result()].
public final class LookupRecorder implements DhtListener {

    private final Id target;
    private final boolean isAnnounced;
    private final SequencedSet<Endpoint> peers = new LinkedHashSet<>();
    private final List<DhtEffect.LookupEnded> ends = new ArrayList<>(1);
    private final CompletableFuture<LookupResult> result = new CompletableFuture<>();
    private final long startNanos = System.nanoTime();
    private double millisToFirstPeers = -1;
    private double millis;

    /// The clock starts here: hand it to the search at once.
    public LookupRecorder(Id target, boolean isAnnounced) {
        this.target = target;
        this.isAnnounced = isAnnounced;
    }

    public CompletableFuture<LookupResult> result() {
        return result;
    }

    @Override
    public void told(DhtEffect event) {
        switch (event) {
            case DhtEffect.PeersFound found -> {
                if (peers.isEmpty()) {
                    millisToFirstPeers = elapsedMillis();
                }
                peers.addAll(found.peers());
            }
            case DhtEffect.LookupEnded ended -> {
                millis = elapsedMillis();
                ends.add(ended);
                if (!isAnnounced || ended.outcome() == Outcome.NO_CONTACTS) {
                    complete(0);
                }
            }
            case DhtEffect.Announced announced -> complete(announced.nodes());
            case DhtEffect.Send _,
                    DhtEffect.Bootstrapped _,
                    DhtEffect.BootstrapStalled _,
                    DhtEffect.ForCommand _,
                    DhtEffect.IdChanged _ -> {}
        }
    }

    private void complete(int announcedTo) {
        DhtEffect.LookupEnded ended = ends.getLast();
        result.complete(
                new LookupResult(
                        target,
                        List.copyOf(peers),
                        millisToFirstPeers,
                        millis,
                        announcedTo,
                        ended.outcome(),
                        ended.trace()));
    }

    private double elapsedMillis() {
        return (System.nanoTime() - startNanos) / 1e6;
    }
}
