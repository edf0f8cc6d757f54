package dev.starling.dht;

import dev.starling.id.Id;
import dev.starling.krpc.KrpcResponse;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// Answers `sample_infohashes` (BEP 51): some of the infohashes in our peer store, chosen with no
/// regard to anything and the same for a while, so that asking often tells nothing more.
final class InfoHashSamples {

    /// As many as fit into an answer beside eight contacts.
    static final int MAX_SAMPLES = 50;

    /// How long one choice lasts. An indexer that comes back after it sees others.
    static final Duration INTERVAL = Duration.ofMinutes(10);

    private final PeerStore peers;
    private final RandomGenerator random;
    private List<Id> chosen = List.of();
    private long chosenUntilNanos = Long.MIN_VALUE;

    InfoHashSamples(PeerStore peers, RandomGenerator random) {
        this.peers = peers;
        this.random = random;
    }

    /// At most `limit` of them. Where all fit, there is nothing to wait for: the interval is 0.
    KrpcResponse.Samples take(int limit, long nowNanos) {
        int total = peers.infoHashes();
        if (total <= MAX_SAMPLES || nowNanos >= chosenUntilNanos) {
            chosen = peers.sampleInfoHashes(MAX_SAMPLES, random);
            chosenUntilNanos =
                    total <= MAX_SAMPLES ? Long.MIN_VALUE : nowNanos + INTERVAL.toNanos();
        }
        long leftNanos = total <= MAX_SAMPLES ? 0 : chosenUntilNanos - nowNanos;
        return new KrpcResponse.Samples(
                Math.ceilDiv(leftNanos, 1_000_000_000L),
                total,
                chosen.subList(0, Math.min(limit, chosen.size())));
    }
}
