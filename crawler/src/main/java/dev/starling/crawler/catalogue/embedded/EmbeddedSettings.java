package dev.starling.crawler.catalogue.embedded;

import dev.starling.crawler.catalogue.Classifier;
import java.time.Duration;
import java.time.InstantSource;

/// How an [EmbeddedCatalogue] is kept.
///
/// @param diskBudgetBytes beyond this, torrents with the fewest seeds go, of those with equally
///   many the ones seen longest ago; hidden ones stay, lest they be found again
/// @param commitInterval how often the index is written to disk while it changes: what a start
///   after a crash has to index again, and what other processes that search may lag behind
public record EmbeddedSettings(
        Classifier classifier, InstantSource clock, long diskBudgetBytes, Duration commitInterval) {

    /// No bound.
    public static final long UNBOUNDED = Long.MAX_VALUE;

    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(5);

    public static EmbeddedSettings of(Classifier classifier) {
        return new EmbeddedSettings(classifier, InstantSource.system(), UNBOUNDED, COMMIT_INTERVAL);
    }

    public EmbeddedSettings withDiskBudget(long bytes) {
        return new EmbeddedSettings(classifier, clock, bytes, commitInterval);
    }
}
