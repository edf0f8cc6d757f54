package dev.starling.crawler.catalogue;

import dev.starling.id.Id;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A catalogue that lives as long as the process and looks at every torrent at each search: for
/// tests, and the model that the others are held against. One lock guards it all.
///
/// Unbounded: whoever fills it bounds it.
public final class MemoryCatalogue implements Catalogue {

    private static final Comparator<Row> STALEST =
            Comparator.comparing((Row row) ->
                            row.found().health().map(SwarmHealth::measured).orElse(Instant.MIN))
                    .thenComparing(row -> row.found().entry().infoHash());

    private final Classifier classifier;
    private final NavigableMap<Id, Row> rows = new TreeMap<>();
    private final Set<Id> refused = new TreeSet<>();
    private final MemoryBlocks blocks;

    /// A torrent, its words, and whether a block hides it.
    record Row(Found found, TorrentText text, boolean isHidden) {
        Row hidden(boolean now) {
            return new Row(found, text, now);
        }
    }

    public MemoryCatalogue(Classifier classifier, InstantSource clock) {
        this.classifier = classifier;
        this.blocks = new MemoryBlocks(this, rows, clock);
    }

    @Override
    public synchronized PutReport put(List<CatalogueEntry> batch) {
        var report = PutReport.NOTHING;
        for (CatalogueEntry entry : batch) {
            report = report.plus(put(entry));
        }
        return report;
    }

    private PutReport put(CatalogueEntry entry) {
        var known = rows.get(entry.infoHash());
        if (known != null) {
            seen(List.of(entry.infoHash()), entry.sightings().first());
            seen(List.of(entry.infoHash()), entry.sightings().last());
            return new PutReport(0, 1, 0, 0);
        }
        if (entry.contents().isPrivate()) {
            refused.add(entry.infoHash());
            return new PutReport(0, 0, 0, 1);
        }
        var found = new Found(entry, classifier.classify(entry), List.of());
        var text = TorrentText.of(entry);
        boolean isHidden = blocks.matches(found, text);
        rows.put(entry.infoHash(), new Row(found, text, isHidden));
        return isHidden ? new PutReport(0, 0, 1, 0) : new PutReport(1, 0, 0, 0);
    }

    @Override
    public synchronized Set<Id> known(Collection<Id> infoHashes) {
        Set<Id> known = new LinkedHashSet<>(infoHashes);
        known.removeIf(
                it -> !rows.containsKey(it) && !refused.contains(it) && !blocks.isBlocked(it));
        return known;
    }

    @Override
    public synchronized void seen(Collection<Id> infoHashes, Instant when) {
        for (Id infoHash : infoHashes) {
            rows.computeIfPresent(
                    infoHash,
                    (_, row) -> {
                        var entry = row.found().entry();
                        var newer = entry.with(entry.sightings().seen(when));
                        return changed(row, newer, row.found().history());
                    });
        }
    }

    @Override
    public synchronized void measured(List<HealthReading> readings) {
        for (HealthReading reading : readings) {
            rows.computeIfPresent(
                    reading.infoHash(),
                    (_, row) -> {
                        var history = row.found().history();
                        return changed(
                                row,
                                row.found().entry(),
                                HealthHistory.with(history, reading.health()));
                    });
        }
    }

    private static Row changed(Row row, CatalogueEntry entry, List<SwarmHealth> history) {
        var found = new Found(entry, row.found().classification(), history);
        return new Row(found, row.text(), row.isHidden());
    }

    @Override
    public synchronized List<Id> leastRecentlyMeasured(int limit) {
        return rows.values().stream()
                .filter(row -> !row.isHidden())
                .sorted(STALEST)
                .limit(limit)
                .map(row -> row.found().entry().infoHash())
                .toList();
    }

    @Override
    public synchronized Optional<Found> find(Id infoHash) {
        return Optional.ofNullable(rows.get(infoHash))
                .filter(row -> !row.isHidden())
                .map(Row::found);
    }

    @Override
    public synchronized SearchPage search(CatalogueQuery query) {
        long start = System.nanoTime();
        var matches =
                rows.values().stream()
                        .filter(row -> !row.isHidden())
                        .filter(row -> QueryMatch.matches(query.filters(), row.found()))
                        .filter(row -> QueryMatch.matches(query.terms(), row.text()))
                        .sorted(MemoryRanking.of(query))
                        .toList();
        var hits =
                grouped(query, matches).stream()
                        .skip(query.window().offset())
                        .limit(query.window().limit())
                        .toList();
        var facets =
                query.hasFacets()
                        ? FacetCount.of(matches.stream().map(Row::found).toList())
                        : List.<Facet>of();
        return new SearchPage(hits, matches.size(), true, facets, System.nanoTime() - start);
    }

    private static List<Hit> grouped(CatalogueQuery query, List<Row> matches) {
        var groups = new LinkedHashMap<Id, List<Row>>();
        for (Row row : matches) {
            var key = row.found().entry().contents().key();
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
        }
        return groups.values().stream()
                .map(group ->
                        new Hit(
                                group.getFirst().found(),
                                MemoryRanking.score(query, group.getFirst()),
                                group.stream()
                                        .skip(1)
                                        .limit(Hit.MAX_COPIES)
                                        .map(row -> row.found().entry().infoHash())
                                        .toList()))
                .toList();
    }

    @Override
    public Blocks blocks() {
        return blocks;
    }

    @Override
    public synchronized CatalogueStats stats() {
        long hidden = rows.values().stream().filter(Row::isHidden).count();
        return new CatalogueStats(rows.size() - hidden, hidden, refused.size(), 0, 0);
    }

    @Override
    public synchronized void export(ExportSink sink) throws IOException {
        for (Row row : rows.values()) {
            if (!sink.take(row.found())) {
                return;
            }
        }
    }

    @Override
    public void refresh() {}

    @Override
    public void close() {}
}
