package dev.starling.sim;

import dev.starling.id.Endpoint;
import java.time.Duration;
import java.util.LinkedHashMap;

/// A router that lets in only answers: packets from where its host has lately sent one (RFC 4787,
/// "Address and Port-Dependent Filtering").
final class SimNat {

    /// How long a way in stays open; many home routers close it after less.
    private static final long OPEN_NANOS = Duration.ofMinutes(2).toNanos();

    /// In the order of the latest packet out.
    private final LinkedHashMap<Endpoint, Long> sentNanos = new LinkedHashMap<>();

    void sends(Endpoint to, long nowNanos) {
        sentNanos.putLast(to, nowNanos);
        var eldest = sentNanos.firstEntry();
        while (eldest != null && nowNanos - eldest.getValue() > OPEN_NANOS) {
            sentNanos.pollFirstEntry();
            eldest = sentNanos.firstEntry();
        }
    }

    boolean letsIn(Endpoint from, long nowNanos) {
        Long sent = sentNanos.get(from);
        return sent != null && nowNanos - sent <= OPEN_NANOS;
    }
}
