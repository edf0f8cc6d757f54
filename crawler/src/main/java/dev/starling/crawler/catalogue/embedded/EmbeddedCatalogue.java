package dev.starling.crawler.catalogue.embedded;

import dev.starling.crawler.catalogue.Blocks;
import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.CatalogueQuery;
import dev.starling.crawler.catalogue.CatalogueStats;
import dev.starling.crawler.catalogue.Facet;
import dev.starling.crawler.catalogue.Found;
import dev.starling.crawler.catalogue.HealthReading;
import dev.starling.crawler.catalogue.Hit;
import dev.starling.crawler.catalogue.PutReport;
import dev.starling.crawler.catalogue.SearchPage;
import dev.starling.id.Id;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.search.IndexSearcher;

/// The catalogue of one machine, in a folder: RocksDB holds what is true, Lucene finds it.
///
/// Every change is written to RocksDB, synchronously and with its infohash in a journal, before it
/// is acknowledged; the index follows at once in memory and is committed now and then. At the start
/// whatever the journal holds beyond the last commit is indexed again, so a process may be killed
/// at any moment; an index that is missing or broken is made anew from the rows.
///
/// Thread-safe: writes take turns, searches go on beside them. One process writes; others may open
/// the folder to search it as it was at its last commit, at most some seconds ago.
public final class EmbeddedCatalogue implements Catalogue {

    private final Writing writing;
    private final Rows rows;
    private final Index index;
    private final EmbeddedBlocks blocks;

    private EmbeddedCatalogue(Writing writing, EmbeddedBlocks blocks) {
        this.writing = writing;
        this.rows = writing.rows();
        this.index = writing.index();
        this.blocks = blocks;
    }

    /// Opens a folder's catalogue to add to it, made if missing.
    ///
    /// @throws CatalogueInUseException while another process does
    public static EmbeddedCatalogue open(Path folder, EmbeddedSettings settings)
            throws IOException {
        var writing = Writing.open(folder, settings);
        var blocks = new EmbeddedBlocks(writing);
        writing.begin(blocks);
        return new EmbeddedCatalogue(writing, blocks);
    }

    /// Opens a folder's catalogue as it is, to be searched only; writing to it is a mistake.
    ///
    /// @throws java.nio.file.NoSuchFileException if there is none
    public static EmbeddedCatalogue read(Path folder, EmbeddedSettings settings)
            throws IOException {
        var writing = Writing.read(folder, settings);
        return new EmbeddedCatalogue(writing, new EmbeddedBlocks(writing));
    }

    @Override
    public PutReport put(List<CatalogueEntry> batch) throws IOException {
        bounded(batch);
        return writing.put(batch, blocks);
    }

    @Override
    public Set<Id> known(Collection<Id> infoHashes) throws IOException {
        bounded(infoHashes);
        return writing.reading(() -> {
            var known = rows.known(infoHashes);
            infoHashes.stream().filter(blocks.set()::contains).forEach(known::add);
            return known;
        });
    }

    @Override
    public void seen(Collection<Id> infoHashes, Instant when) throws IOException {
        bounded(infoHashes);
        writing.seen(infoHashes, when);
    }

    @Override
    public void measured(List<HealthReading> readings) throws IOException {
        bounded(readings);
        writing.measured(readings);
    }

    @Override
    public List<Id> leastRecentlyMeasured(int limit) throws IOException {
        return writing.reading(
                () -> index.search(searcher -> Stalest.of(searcher, Stalest.MEASURED, limit)));
    }

    @Override
    public Optional<Found> find(Id infoHash) throws IOException {
        return writing.reading(
                () -> rows.read(infoHash).filter(row -> !row.isHidden()).map(Row::found));
    }

    @Override
    public SearchPage search(CatalogueQuery query) throws IOException {
        return writing.reading(() -> {
            writing.refreshIfDue();
            return index.search(searcher -> search(searcher, query));
        });
    }

    private SearchPage search(IndexSearcher searcher, CatalogueQuery query) throws IOException {
        long start = System.nanoTime();
        var search = new Searches(searcher, query);
        var page = search.page();
        List<Facet> facets = List.of();
        long total = page.total();
        boolean isExact = page.isExact();
        if (query.hasFacets()) {
            var counting = new FacetSearch(searcher, search.matching());
            facets = counting.facets();
            total = counting.total();
            isExact = true;
        }
        return new SearchPage(hits(page), total, isExact, facets, System.nanoTime() - start);
    }

    /// A torrent that was hidden or dropped since the index was refreshed is passed over.
    private List<Hit> hits(Searches.Page page) throws IOException {
        var ids = page.hits().keySet().stream().map(Searches.Match::infoHash).toList();
        var found = rows.read(ids);
        List<Hit> hits = new ArrayList<>();
        for (Map.Entry<Searches.Match, List<Id>> hit : page.hits().entrySet()) {
            var row = found.get(hit.getKey().infoHash());
            if (row != null && !row.isHidden()) {
                hits.add(new Hit(row.found(), hit.getKey().score(), hit.getValue()));
            }
        }
        return hits;
    }

    @Override
    public Blocks blocks() {
        return blocks;
    }

    @Override
    public CatalogueStats stats() throws IOException {
        return writing.stats();
    }

    @Override
    public void export(ExportSink sink) throws IOException {
        writing.reading(() -> {
            rows.walk(row -> sink.take(row.found()));
            return true;
        });
    }

    @Override
    public void refresh() throws IOException {
        writing.reading(() -> {
            index.refresh();
            return true;
        });
    }

    @Override
    public void close() throws IOException {
        writing.close();
    }

    private static void bounded(Collection<?> batch) {
        if (batch.size() > MAX_BATCH) {
            throw new IllegalArgumentException(
                    "a batch of " + batch.size() + ", limit " + MAX_BATCH);
        }
    }
}
