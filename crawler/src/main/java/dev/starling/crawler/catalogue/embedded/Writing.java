package dev.starling.crawler.catalogue.embedded;

import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.CatalogueStats;
import dev.starling.crawler.catalogue.Found;
import dev.starling.crawler.catalogue.HealthHistory;
import dev.starling.crawler.catalogue.HealthReading;
import dev.starling.crawler.catalogue.PutReport;
import dev.starling.crawler.catalogue.Sightings;
import dev.starling.crawler.catalogue.SwarmHealth;
import dev.starling.id.Id;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Changes of the rows, each of which the index follows. Writers take turns; nothing is used after
/// closing.
final class Writing implements AutoCloseable {

    /// Searches see what was written at most this long ago, if nobody refreshes sooner.
    private static final long REFRESH_NANOS = Duration.ofMillis(500).toNanos();

    /// The index learns of later sightings only when they are this much later: they order eviction.
    private static final Duration SIGHTING_STEP = Duration.ofHours(12);

    private final StateStore store;
    private final Rows rows;
    private final Index index;
    private final EmbeddedSettings settings;
    private final DiskBudget budget;
    private final boolean isReadOnly;

    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private final ReentrantLock writers = new ReentrantLock();
    private Upkeep upkeep = Upkeep.NONE;
    private boolean isClosed;
    private volatile long refreshedNanos = System.nanoTime();

    private Writing(StateStore store, Index index, EmbeddedSettings settings, DiskBudget budget)
            throws IOException {
        this.store = store;
        this.rows = new Rows(store);
        this.index = index;
        this.settings = settings;
        this.budget = budget;
        this.isReadOnly = budget.isReadOnly();
    }

    static Writing open(Path folder, EmbeddedSettings settings) throws IOException {
        var store = StateStore.open(folder.resolve("state"), false);
        try {
            var index = IndexFolder.open(folder.resolve("index"));
            return new Writing(store, index, settings, new DiskBudget(folder, settings, false));
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    static Writing read(Path folder, EmbeddedSettings settings) throws IOException {
        var index = Index.open(folder.resolve("index"), true);
        try {
            var store = StateStore.open(folder.resolve("state"), true);
            return new Writing(store, index, settings, new DiskBudget(folder, settings, true));
        } catch (IOException | RuntimeException e) {
            index.close();
            throw e;
        }
    }

    /// Catches up with what a crash left behind, then keeps things in order in the background.
    void begin(EmbeddedBlocks blocks) throws IOException {
        if (index.upTo() < rows.forgottenUpTo()) {
            rows.walk(row -> {
                index.put(List.of(row));
                return true;
            });
        } else {
            catchUp();
        }
        index.refresh();
        blocks.finish();
        upkeep = Upkeep.start(this, blocks, budget.folder(), settings.commitInterval());
    }

    private void catchUp() throws IOException {
        for (List<Id> chunk : Rows.chunks(rows.changedAfter(index.upTo()), CHUNK)) {
            var there = rows.read(chunk);
            index.put(there.values());
            index.delete(chunk.stream().filter(it -> !there.containsKey(it)).toList());
        }
    }

    /// Rows read and written at once: some megabytes.
    static final int CHUNK = 2_000;

    Rows rows() {
        return rows;
    }

    Index index() {
        return index;
    }

    StateStore store() {
        return store;
    }

    Instant now() {
        return settings.clock().instant();
    }

    /// What is done while nothing closes.
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }

    <T> T reading(Action<T> action) throws IOException {
        life.readLock().lock();
        try {
            if (isClosed) {
                throw new IOException("the catalogue is closed");
            }
            return action.run();
        } finally {
            life.readLock().unlock();
        }
    }

    /// As [#reading], while nobody else writes.
    <T> T changing(Action<T> action) throws IOException {
        if (isReadOnly) {
            throw new IllegalStateException("the catalogue was opened to be searched only");
        }
        return reading(() -> {
            writers.lock();
            try {
                return action.run();
            } finally {
                writers.unlock();
            }
        });
    }

    PutReport put(List<CatalogueEntry> batch, EmbeddedBlocks blocks) throws IOException {
        return changing(() -> {
            var report = new Merge(blocks).put(batch);
            budget.keep(this);
            return report;
        });
    }

    /// One batch on its way into the rows.
    private final class Merge {
        private final EmbeddedBlocks blocks;
        private final SequencedMap<Id, Row> changed = new LinkedHashMap<>();
        private final Set<Id> refused = new TreeSet<>();
        private PutReport report = PutReport.NOTHING;

        Merge(EmbeddedBlocks blocks) {
            this.blocks = blocks;
        }

        PutReport put(List<CatalogueEntry> batch) throws IOException {
            if (batch.isEmpty()) {
                return report;
            }
            var ids = batch.stream().map(CatalogueEntry::infoHash).distinct().toList();
            var there = rows.read(ids);
            for (CatalogueEntry entry : batch) {
                var known = changed.getOrDefault(entry.infoHash(), there.get(entry.infoHash()));
                report = report.plus(known == null ? add(entry) : merge(known, entry));
            }
            if (!refused.isEmpty()) {
                refused.removeAll(rows.known(refused));
                rows.refuse(refused);
            }
            write(changed.values(), true);
            return report;
        }

        private PutReport add(CatalogueEntry entry) {
            if (entry.contents().isPrivate()) {
                refused.add(entry.infoHash());
                return new PutReport(0, 0, 0, 1);
            }
            var found = new Found(entry, settings.classifier().classify(entry), List.of());
            boolean isHidden = blocks.set().matches(found);
            changed.put(entry.infoHash(), new Row(found, isHidden));
            return isHidden ? new PutReport(0, 0, 1, 0) : new PutReport(1, 0, 0, 0);
        }

        private PutReport merge(Row known, CatalogueEntry entry) {
            var sightings = known.found().entry().sightings().merge(entry.sightings());
            changed.put(entry.infoHash(), known.with(known.found().entry().with(sightings)));
            return new PutReport(0, 1, 0, 0);
        }
    }

    void seen(Collection<Id> infoHashes, Instant when) throws IOException {
        changing(() -> {
            List<Row> indexed = new ArrayList<>();
            List<Row> others = new ArrayList<>();
            for (Row row : rows.read(List.copyOf(infoHashes)).values()) {
                var before = row.found().entry().sightings();
                Sightings after = before.seen(when);
                boolean isStep =
                        !after.first().equals(before.first())
                                || after.last().isAfter(before.last().plus(SIGHTING_STEP));
                (isStep ? indexed : others).add(row.with(row.found().entry().with(after)));
            }
            write(indexed, true);
            write(others, false);
            return true;
        });
    }

    void measured(List<HealthReading> readings) throws IOException {
        changing(() -> {
            var ids = readings.stream().map(HealthReading::infoHash).distinct().toList();
            Map<Id, Row> there = new LinkedHashMap<>(rows.read(ids));
            for (HealthReading reading : readings) {
                there.computeIfPresent(
                        reading.infoHash(), (_, row) -> measured(row, reading.health()));
            }
            write(there.values(), true);
            return true;
        });
    }

    private static Row measured(Row row, SwarmHealth health) {
        return row.with(HealthHistory.with(row.found().history(), health));
    }

    /// Writes rows and, where they are to be indexed, has the index follow.
    void write(Collection<Row> changed, boolean isIndexed) throws IOException {
        if (!changed.isEmpty()) {
            rows.write(changed, isIndexed);
            if (isIndexed) {
                index.put(changed);
            }
        }
    }

    /// Drops torrents for good.
    void delete(Collection<Id> infoHashes) throws IOException {
        for (List<Id> chunk : Rows.chunks(infoHashes, CHUNK)) {
            rows.delete(chunk);
            index.delete(chunk);
        }
    }

    void refreshIfDue() throws IOException {
        long now = System.nanoTime();
        if (!isReadOnly && now - refreshedNanos > REFRESH_NANOS) {
            refreshedNanos = now;
            index.refreshIfFree();
        }
    }

    /// Commits the index where it lags behind the rows; writers need not wait for it.
    void commit() throws IOException {
        reading(() -> {
            long upTo = changing(rows::latestChange);
            if (upTo > index.upTo()) {
                index.commit(upTo);
                changing(() -> {
                    rows.forgetChanges(upTo);
                    return true;
                });
            }
            return true;
        });
    }

    CatalogueStats stats() throws IOException {
        return reading(() -> {
            if (!isReadOnly) {
                index.refresh();
            }
            return index.search(searcher -> {
                var reader = searcher.getIndexReader();
                long hidden = searcher.count(HiddenQuery.HIDDEN);
                return new CatalogueStats(
                        reader.numDocs() - hidden,
                        hidden,
                        rows.refused(),
                        budget.evicted(),
                        budget.diskBytes());
            });
        });
    }

    @Override
    public void close() throws IOException {
        upkeep.close();
        if (!isReadOnly && !isClosed) {
            commit();
        }
        life.writeLock().lock();
        try {
            if (!isClosed) {
                isClosed = true;
                index.close();
                store.close();
            }
        } finally {
            life.writeLock().unlock();
        }
    }
}
