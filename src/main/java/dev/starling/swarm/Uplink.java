package dev.starling.swarm;

import dev.starling.metainfo.BlockRange;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;

/// What one peer has asked of us and how we answer.
final class Uplink {

    /// When something last happened that has not happened yet.
    static final long NEVER = Long.MIN_VALUE;

    final ArrayDeque<BlockRange> queue = new ArrayDeque<>();
    final Rate rate = new Rate();

    /// Pieces we let it fetch while we choke it (BEP 6).
    final Set<Integer> allowedFast = new LinkedHashSet<>();

    int inFlight;

    /// Requests refused since the choker's last round.
    int refusedCount;

    /// Bytes given by way of allowed fast.
    long allowedFastBytes;

    boolean isOptimistic;
    long lastOptimisticNanos = NEVER;
    long unchokedNanos = NEVER;
    long bytesWhenUnchoked;
    long lastChokedNanos = NEVER;
}
