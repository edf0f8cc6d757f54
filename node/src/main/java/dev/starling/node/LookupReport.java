package dev.starling.node;

import dev.starling.dht.DhtEffect;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.lookup.LookupEffect.Outcome;
import dev.starling.runtime.DhtListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;

/// Hears one lookup to its end, and the announce's if there is one, then tells of it. Told on the
/// DHT's loop, read after [#done()].
final class LookupReport implements DhtListener {

    private final Id target;
    private final boolean isAnnounced;
    private final Output output;
    private final SequencedSet<Endpoint> peers = new LinkedHashSet<>();
    private final List<DhtEffect.LookupEnded> ends = new ArrayList<>(1);
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private long startNanos;
    private double millisToFirstPeers = -1;
    private double millis;
    private int announcedTo;

    LookupReport(Id target, boolean isAnnounced, Output output) {
        this.target = target;
        this.isAnnounced = isAnnounced;
        this.output = output;
    }

    void begin() {
        startNanos = System.nanoTime();
    }

    CompletableFuture<Void> done() {
        return done;
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
                    done.complete(null);
                }
            }
            case DhtEffect.Announced announced -> {
                announcedTo = announced.nodes();
                done.complete(null);
            }
            case DhtEffect.Send _,
                    DhtEffect.Bootstrapped _,
                    DhtEffect.BootstrapStalled _,
                    DhtEffect.Ponged _,
                    DhtEffect.PingUnanswered _,
                    DhtEffect.IdChanged _ -> {}
        }
    }

    private double elapsedMillis() {
        return (System.nanoTime() - startNanos) / 1e6;
    }

    void print(boolean isTraced) throws Failure {
        DhtEffect.LookupEnded ended = ends.getFirst();
        output.event(
                Event.of("lookup")
                        .text("target", target.hex())
                        .number("peers", peers.size())
                        .fraction("millisToFirstPeers", millisToFirstPeers)
                        .fraction("millis", millis)
                        .number("queries", ended.trace().queries())
                        .number("timeouts", ended.trace().timeouts())
                        .number("hops", ended.trace().hops())
                        .number("announcedTo", announcedTo));
        if (isTraced) {
            TraceTable.print(ended.trace(), output);
        }
        peers.forEach(peer -> output.result(peer.toString()));
        output.progress(
                "%d peers; %d queries, %d unanswered, %d hops, %s"
                        .formatted(
                                peers.size(),
                                ended.trace().queries(),
                                ended.trace().timeouts(),
                                ended.trace().hops(),
                                Units.milliseconds(Duration.ofNanos((long) (millis * 1e6)))));
        if (isAnnounced) {
            output.progress("announced to " + announcedTo + " nodes");
        }
        if (ended.outcome() == Outcome.NO_CONTACTS) {
            throw new Failure(
                    "no node has answered", "Name a node that runs with --bootstrap HOST:PORT.");
        }
    }
}
