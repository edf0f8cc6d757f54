package dev.starling.crawler.catalogue.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a catalogue's folder within its size, by dropping the torrents least worth keeping.
final class DiskBudget {

    private static final Logger log = LoggerFactory.getLogger(DiskBudget.class);

    /// Batches between two looks at the folder, which has some hundred files.
    private static final int BATCHES_PER_CHECK = 16;

    /// Down to this share of the budget, so that making room is seldom needed.
    private static final double TARGET_SHARE = 0.9;

    private final Path folder;
    private final long budgetBytes;
    private final boolean isReadOnly;
    private final AtomicLong evicted = new AtomicLong();
    private int batches;

    DiskBudget(Path folder, EmbeddedSettings settings, boolean isReadOnly) {
        this.folder = folder;
        this.budgetBytes = settings.diskBudgetBytes();
        this.isReadOnly = isReadOnly;
    }

    Path folder() {
        return folder;
    }

    boolean isReadOnly() {
        return isReadOnly;
    }

    long evicted() {
        return evicted.get();
    }

    /// Makes room where the folder has outgrown the budget. Called by a writer after each batch.
    void keep(Writing writing) throws IOException {
        if (budgetBytes == EmbeddedSettings.UNBOUNDED || ++batches % BATCHES_PER_CHECK != 0) {
            return;
        }
        long bytes = diskBytes();
        if (bytes > budgetBytes) {
            // The logs and what was deleted before may be most of it.
            tidy(writing);
            bytes = diskBytes();
        }
        if (bytes > budgetBytes) {
            makeRoom(writing, bytes);
        }
    }

    private void makeRoom(Writing writing, long bytes) throws IOException {
        writing.index().refresh();
        int torrents = writing.index().search(searcher -> searcher.getIndexReader().numDocs());
        double excess = 1 - TARGET_SHARE * budgetBytes / bytes;
        int count = (int) Math.ceil(torrents * excess);
        var least = writing.index().search(searcher -> Stalest.of(searcher, Stalest.WORTH, count));
        writing.delete(least);
        evicted.addAndGet(least.size());
        tidy(writing);
        log.info("evicted torrents={} bytes={} now={}", least.size(), bytes, diskBytes());
    }

    private static void tidy(Writing writing) throws IOException {
        writing.index().purge();
        writing.commit();
        writing.store().compact();
    }

    long diskBytes() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                bytes += size(file);
            }
        }
        return bytes;
    }

    /// Nothing for a file that has just been deleted.
    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
