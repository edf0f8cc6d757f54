package dev.starling.crawler.walk;

import java.util.random.RandomGenerator;

/// What all zones of one crawl share.
///
/// @param clockOffsetSeconds seconds since 1970 at `nowNanos` 0
record Circumstances(
        Asking asking,
        AddressRules rules,
        Landmarks landmarks,
        RandomGenerator random,
        Tally tally,
        long clockOffsetSeconds) {

    long seconds(long nowNanos) {
        return clockOffsetSeconds + nowNanos / 1_000_000_000;
    }
}
