package dev.starling.crawler.catalogue.opensearch;

import dev.starling.crawler.catalogue.Classifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// How a catalogue in a cluster is kept.
///
/// @param shards of a new catalogue's torrents; some ten million in each are well searched
/// @param replicas copies beside the first, on other machines
/// @param retention how long after their last sighting visible torrents are kept; empty for ever
public record OpenSearchSettings(
        Classifier classifier,
        InstantSource clock,
        int shards,
        int replicas,
        Optional<Duration> retention) {

    private static final int SHARDS = 3;

    /// What suits most, and what the address says.
    public static OpenSearchSettings of(Classifier classifier, ClusterAddress address) {
        return new OpenSearchSettings(
                classifier, InstantSource.system(), SHARDS, 1, address.retention());
    }
}
