package dev.starling.crawler.catalogue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How alive a swarm was when it was measured.
///
/// @param error how far each count may be off, at 95 % confidence; 0 for exact counts
public record SwarmHealth(int seeds, int leechers, int error, Instant measured) {

    public SwarmHealth {
        if (seeds < 0 || leechers < 0 || error < 0) {
            throw new IllegalArgumentException(
                    "no swarm has " + seeds + " seeds, " + leechers + " leechers, error " + error);
        }
        measured = measured.truncatedTo(ChronoUnit.SECONDS);
    }
}
