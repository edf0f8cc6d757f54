package dev.starling.crawler.state;

/// When a swarm is to be counted again: the larger, the sooner, for it changes faster in numbers
/// and more people ask for it.
final class RefreshRule {

    /// The most popular swarms: four readings a day show the rhythm of a day.
    private static final long SHORTEST_SECONDS = 6 * 3600;

    /// Those that nobody is in.
    private static final long LONGEST_SECONDS = 96 * 3600;

    /// Each time a swarm is four times as large its readings come twice as often.
    private static final double EXPONENT = 0.5;

    private RefreshRule() {}

    static boolean isDue(HashRow.Health health, long nowSeconds) {
        int peers = Math.max(1, health.seeds() + health.leechers());
        double wait = LONGEST_SECONDS / Math.pow(peers, EXPONENT);
        return nowSeconds - health.seconds() >= Math.max(SHORTEST_SECONDS, wait);
    }

    /// When to try again what nobody has served: after an hour, then ever less often.
    static long retryAfterSeconds(int tries) {
        return 3600L << Math.clamp(2L * tries, 0, 8); // at most eleven days
    }
}
