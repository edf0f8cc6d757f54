package dev.starling.crawler.web.live;

/// How far a crawl has come at one moment.
///
/// @param coverage the share of the network's nodes that this sweep has visited, 0 to 1
/// @param isPaused whether it asks nobody, as its owner wants
public record CrawlFigures(
        Counts counts, Queues queues, Sweep sweep, Size size, double coverage, boolean isPaused) {

    public static final CrawlFigures NOTHING =
            new CrawlFigures(
                    new Counts(0, 0, 0, 0, 0, 0, 0),
                    new Queues(0, 0, 0, 0),
                    new Sweep(0, 0, 0),
                    new Size(0, 0, 0),
                    0,
                    false);

    /// What has been done since the start; none of it ever shrinks.
    ///
    /// @param nodes that answered
    /// @param infoHashes judged new
    /// @param metadata fetched and catalogued
    /// @param refused queries not sent, as the rules of good behaviour forbid them
    public record Counts(
            long nodes,
            long infoHashes,
            long metadata,
            long queries,
            long replies,
            long swarmsCounted,
            long refused) {}

    /// What is under way and what waits.
    public record Queues(
            int queriesInFlight, int queriesWaiting, int metadataInFlight, int metadataWaiting) {}

    /// Where in the keyspace the crawl is.
    ///
    /// @param number sweeps finished
    public record Sweep(int number, int zones, int zonesSwept) {}

    /// How many nodes the network has, with an interval that holds the truth in 19 of 20 cases; all
    /// 0 while that is unknown.
    public record Size(double nodes, double low, double high) {}
}
