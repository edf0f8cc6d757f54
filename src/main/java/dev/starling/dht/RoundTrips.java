package dev.starling.dht;

import java.util.List;

/// How long answers to our queries took: a histogram.
///
/// @param counts answers that took at most as long as the bound of the same index, and longer than
///   the one before it; the last has no bound
/// @param sumNanos of all of them
public record RoundTrips(List<Long> counts, long sumNanos) {

    /// From a neighbour on the same machine to the timeout.
    public static final List<Integer> BOUNDS_MILLIS =
            List.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000);

    public RoundTrips {
        counts = List.copyOf(counts);
        if (counts.size() != BOUNDS_MILLIS.size() + 1) {
            throw new IllegalArgumentException(counts.size() + " counts");
        }
    }
}
