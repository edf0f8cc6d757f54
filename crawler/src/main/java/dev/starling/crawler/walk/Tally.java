package dev.starling.crawler.walk;

/// What a crawl has done so far. Mutable; confined to the machine.
final class Tally {
    long nodesVisited;
    long nodesSampled;
    long infoHashes;
    long sightings;
    long queries;
    long replies;
    long swarmsCounted;
    long refused;

    /// Swarms that open zones remember.
    int swarmsHeld;

    int sweeps;
}
