package dev.starling.crawler.catalogue;

import dev.starling.id.Id;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Everything that the crawler found out about torrents, to be added to and searched.
///
/// Thread-safe. A call that returns has been acknowledged: what it wrote outlives the process, even
/// one killed the moment after. Searches see it soon, a second or so later, or after [#refresh()];
/// [#known] and [#find] see it at once. All writes are idempotent: repeating one that failed
/// half-way does no harm.
///
/// What is blocked stays in the catalogue, hidden from [#search] and [#find], so that lifting the
/// block brings back exactly what was there.
///
/// The environment's failures (disk full, cluster away) are [IOException]s after the
/// implementation's own retries; the caller keeps its batch and tries again later.
public interface Catalogue extends AutoCloseable {

    /// The most entries, readings or infohashes one call takes: some megabytes, below a second.
    int MAX_BATCH = 10_000;

    /// Adds torrents, or merges them with what is there: of the two first sightings the earlier
    /// stays, of the two last ones the later; everything else of one infohash cannot differ.
    ///
    /// Private-looking torrents are refused but remembered as [#known], and those that a block
    /// matches are kept hidden.
    PutReport put(List<CatalogueEntry> batch) throws IOException;

    /// Of these infohashes, those whose metadata need not be fetched: catalogued, blocked or
    /// refused. Exact: nothing is forgotten and nothing is claimed that is not so.
    Set<Id> known(Collection<Id> infoHashes) throws IOException;

    /// Notes that these torrents were seen alive at a time. Unknown ones are passed over.
    void seen(Collection<Id> infoHashes, Instant when) throws IOException;

    /// Notes what scrapes measured. Unknown torrents are passed over, and so are readings older
    /// than the latest one.
    void measured(List<HealthReading> readings) throws IOException;

    /// The visible torrents measured longest ago, never measured ones first.
    List<Id> leastRecentlyMeasured(int limit) throws IOException;

    /// One visible torrent with all that is known of it.
    Optional<Found> find(Id infoHash) throws IOException;

    /// One page of the visible torrents that match.
    SearchPage search(CatalogueQuery query) throws IOException;

    /// The operator's controls.
    Blocks blocks();

    /// How much there is.
    CatalogueStats stats() throws IOException;

    /// Hands over everything, hidden torrents too, in order of infohash; ends early when the
    /// consumer says so.
    void export(ExportSink sink) throws IOException;

    /// Makes what was acknowledged visible to searches, now.
    void refresh() throws IOException;

    @Override
    void close() throws IOException;

    /// Takes what [Catalogue#export] hands over.
    @FunctionalInterface
    interface ExportSink {
        /// Takes one; says whether to go on.
        boolean take(Found found) throws IOException;
    }
}
