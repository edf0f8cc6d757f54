package dev.starling.crawler.walk;

/// How far a crawl has come. Counts are of this run, but for those of the sweep.
///
/// @param nodesVisited nodes that answered in this sweep
/// @param nodesAnswered and in all of this run, again in each sweep
/// @param infoHashes sightings judged new
/// @param zones of this sweep
/// @param zonesSwept how many of them are done
/// @param sweeps finished
/// @param inFlight questions under way
/// @param waiting questions that wait for the budget
/// @param refused contacts left alone: bogons, and who is not to be contacted
/// @param size of the part of the network that is ours to crawl
public record CrawlStats(
        long nodesVisited,
        long nodesAnswered,
        long nodesSampled,
        long infoHashes,
        long sightings,
        long queries,
        long replies,
        int zones,
        int zonesSwept,
        int zonesOpen,
        int sweeps,
        int inFlight,
        int waiting,
        long swarmsCounted,
        long refused,
        SizeEstimate size) {

    /// The share of the network's nodes that this sweep has visited, 0 to 1.
    public double coverage() {
        return size.nodes() == 0 ? 0 : Math.min(1, nodesVisited / size.nodes());
    }
}
