package dev.starling.crawler.catalogue.embedded;

import dev.starling.id.Id;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/// The Lucene index: a view of the rows that may lag behind them. Thread-safe.
final class Index implements AutoCloseable {

    /// Enough that batches are not written as many small segments.
    private static final double RAM_BUFFER_MEBIBYTES = 48;

    /// The sequence number of the last change that a commit holds.
    private static final String UP_TO = "upTo";

    /// Where Lucene advises, at every start, to enable vectors that text search does not use. The
    /// logger is held so that its level stays.
    private static final Logger LUCENE_ADVICE =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    static {
        LUCENE_ADVICE.setLevel(Level.SEVERE);
    }

    /// One search is done by all processors at once: a word that is in every name takes half as
    /// long.
    private static final SearcherFactory FACTORY =
            new SearcherFactory() {
                @Override
                public IndexSearcher newSearcher(
                        IndexReader reader, @Nullable IndexReader previous) {
                    return new IndexSearcher(reader, ForkJoinPool.commonPool());
                }
            };

    private final Directory directory;
    private final @Nullable IndexWriter writer;
    private final SearcherManager searchers;

    private Index(Directory directory, @Nullable IndexWriter writer, SearcherManager searchers) {
        this.directory = directory;
        this.writer = writer;
        this.searchers = searchers;
    }

    static Index open(Path folder, boolean isReadOnly) throws IOException {
        var directory = FSDirectory.open(folder);
        if (isReadOnly) {
            return new Index(directory, null, new SearcherManager(reader(directory), FACTORY));
        }
        boolean isNew = !DirectoryReader.indexExists(directory);
        var config = new IndexWriterConfig(new KeywordAnalyzer());
        config.setRAMBufferSizeMB(RAM_BUFFER_MEBIBYTES);
        config.setCommitOnClose(false);
        var writer = new IndexWriter(directory, config);
        if (isNew) {
            writer.commit(); // others find nothing in it until the next, rather than no index
        }
        return new Index(directory, writer, new SearcherManager(writer, FACTORY));
    }

    /// A folder in which nothing was ever committed holds nothing.
    private static DirectoryReader reader(Directory directory) throws IOException {
        try {
            return DirectoryReader.open(directory);
        } catch (IndexNotFoundException e) {
            var nothing = new ByteBuffersDirectory();
            try (var writer = new IndexWriter(nothing, new IndexWriterConfig())) {
                writer.commit();
            }
            return DirectoryReader.open(nothing);
        }
    }

    /// The sequence number that the last commit holds, 0 where there is none.
    long upTo() {
        var data = writer().getLiveCommitData();
        if (data != null) {
            for (Map.Entry<String, String> entry : data) {
                if (entry.getKey().equals(UP_TO)) {
                    return Long.parseLong(entry.getValue());
                }
            }
        }
        return 0;
    }

    void put(Iterable<Row> rows) throws IOException {
        for (Row row : rows) {
            writer().updateDocument(Documents.idTerm(row.infoHash()), Documents.of(row));
        }
    }

    void delete(Iterable<Id> infoHashes) throws IOException {
        for (Id infoHash : infoHashes) {
            writer().deleteDocuments(Documents.idTerm(infoHash));
        }
    }

    /// Writes all changes to the disk, as those up to a sequence number.
    void commit(long upTo) throws IOException {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(UP_TO, String.valueOf(upTo));
        writer().setLiveCommitData(data.entrySet());
        writer().commit();
    }

    /// Gives the disk back what deleted documents took.
    void purge() throws IOException {
        writer().forceMergeDeletes();
    }

    /// Makes all changes visible to searches that begin from here on.
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    /// The same, unless another thread is at it.
    void refreshIfFree() throws IOException {
        searchers.maybeRefresh();
    }

    /// What a search does with the index.
    @FunctionalInterface
    interface Search<T> {
        T over(IndexSearcher searcher) throws IOException;
    }

    <T> T search(Search<T> search) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return search.over(searcher);
        } finally {
            searchers.release(searcher);
        }
    }

    private IndexWriter writer() {
        return Optional.ofNullable(writer)
                .orElseThrow(() -> new IllegalStateException("the index was opened to be read"));
    }

    @Override
    public void close() throws IOException {
        searchers.close();
        if (writer != null) {
            writer.close();
        }
        directory.close();
    }
}
