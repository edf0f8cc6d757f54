package dev.starling.runtime;

import dev.starling.swarm.SwarmStatus;
import java.time.Duration;
import java.util.Optional;

/// Watches one download for signs of life and tells when there are none, why, and when they are
/// back. Confined to the peers' loop.
final class StallWatch {

    /// How often to look.
    static final Duration EVERY = Duration.ofSeconds(1);

    /// Without news for so long, a person wonders.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DownloadListener listener;
    private Optional<Stall> told = Optional.empty();
    private long lastProgressNanos;
    private long lastReceivedBytes;
    private int lastMetadataBlocks;
    private SwarmStatus.Stage lastStage = SwarmStatus.Stage.FETCHING_METADATA;

    StallWatch(DownloadListener listener, long nowNanos) {
        this.listener = listener;
        this.lastProgressNanos = nowNanos;
    }

    void look(Stall.Facts facts, long nowNanos) {
        if (hasProgressed(facts.swarm())) {
            lastProgressNanos = nowNanos;
            if (told.isPresent()) {
                told = Optional.empty();
                listener.resumed();
            }
            return;
        }
        if (nowNanos - lastProgressNanos < PATIENCE.toNanos()) {
            return;
        }
        var stall = Stall.of(facts);
        if (stall.isPresent() && !stall.equals(told)) {
            told = stall;
            listener.stalled(stall.get().reason(), stall.get().hint());
        }
    }

    private boolean hasProgressed(SwarmStatus status) {
        boolean hasProgressed =
                status.receivedBytes() > lastReceivedBytes
                        || status.metadataBlocks() > lastMetadataBlocks
                        || status.stage() != lastStage;
        lastReceivedBytes = status.receivedBytes();
        lastMetadataBlocks = status.metadataBlocks();
        lastStage = status.stage();
        return hasProgressed;
    }
}
