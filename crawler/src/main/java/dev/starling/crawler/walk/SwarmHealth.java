package dev.starling.crawler.walk;

import dev.starling.id.Id;

/// How alive a swarm was at one time, from BEP 33 filters of several nodes merged. The errors are
/// two standard errors: the true number of addresses the nodes knew lies within in 19 of 20 cases.
///
/// @param sources nodes whose answers are in it
/// @param seconds since 1970
public record SwarmHealth(
        Id infoHash,
        int seeds,
        int seedsError,
        int leechers,
        int leechersError,
        int sources,
        long seconds) {}
