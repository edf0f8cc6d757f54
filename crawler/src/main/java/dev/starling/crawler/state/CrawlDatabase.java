package dev.starling.crawler.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The rows of a crawl in one RocksDB, and the batch of those to be written together. Confined to
/// one thread.
///
/// What was written survives the death of the process at any moment: a batch is there whole or not
/// at all.
final class CrawlDatabase implements AutoCloseable {

    /// Where rows go.
    enum Family {
        /// Ids of our nodes, the zones swept.
        PROGRESS("default"),
        NODES("nodes"),
        /// Infohashes to follow up, by infohash.
        WANTED("wanted"),
        /// Infohashes that were followed up.
        SETTLED("settled");

        private final String columnFamily;

        Family(String columnFamily) {
            this.columnFamily = columnFamily;
        }
    }

    /// Looks at a row; false ends the walk.
    interface Visitor {
        boolean visit(byte[] key, byte[] value);
    }

    private interface Change {
        void write(WriteBatch changes) throws RocksDBException;
    }

    private static final long CACHE_BYTES = 16 << 20;
    private static final long WRITE_BUFFER_BYTES = 16 << 20;
    private static final long MAX_LOG_BYTES = 64 << 20;
    private static final int MAX_OPEN_FILES = 256;
    private static final int BLOOM_BITS = 10; // one unknown key in a hundred costs a read

    private final RocksDB db;
    private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
    private final List<RocksObject> owned;
    private final WriteOptions writing = new WriteOptions();
    private WriteBatch batch = new WriteBatch();

    private CrawlDatabase(RocksDB db, List<ColumnFamilyHandle> handles, List<RocksObject> owned) {
        this.db = db;
        this.owned = owned;
        var each = handles.iterator();
        for (var family : Family.values()) {
            families.put(family, each.next());
        }
    }

    /// Opens or creates the database in `folder`.
    ///
    /// @throws IOException if another process holds it or it cannot be read
    static CrawlDatabase open(Path folder) throws IOException {
        Files.createDirectories(folder);
        RocksDB.loadLibrary();
        var cache = new LRUCache(CACHE_BYTES);
        var bloom = new BloomFilter(BLOOM_BITS);
        var table = new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom);
        var options = databaseOptions();
        var familyOptions =
                new ColumnFamilyOptions()
                        .setTableFormatConfig(table)
                        .setWriteBufferSize(WRITE_BUFFER_BYTES);
        List<RocksObject> owned = new ArrayList<>(List.of(cache, bloom, options, familyOptions));
        var descriptors = new ArrayList<ColumnFamilyDescriptor>();
        for (var family : Family.values()) {
            descriptors.add(
                    new ColumnFamilyDescriptor(family.columnFamily.getBytes(UTF_8), familyOptions));
        }
        var handles = new ArrayList<ColumnFamilyHandle>();
        try {
            var db = RocksDB.open(options, folder.toString(), descriptors, handles);
            return new CrawlDatabase(db, handles, owned);
        } catch (RocksDBException e) {
            owned.reversed().forEach(RocksObject::close);
            throw new IOException(
                    "the crawl's state in %s cannot be used: %s; another crawl may be running there"
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }

    private static DBOptions databaseOptions() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(1)
                .setMaxOpenFiles(MAX_OPEN_FILES)
                .setMaxTotalWalSize(MAX_LOG_BYTES)
                .setStatsDumpPeriodSec(0);
    }

    Optional<byte[]> find(Family family, byte[] key) throws IOException {
        try {
            return Optional.ofNullable(db.get(handle(family), key));
        } catch (RocksDBException e) {
            throw failed("read", e);
        }
    }

    /// Walks over the rows from a key on, in order.
    void walk(Family family, byte[] from, Visitor visitor) throws IOException {
        try (var rows = db.newIterator(handle(family))) {
            rows.seek(from);
            while (rows.isValid() && visitor.visit(rows.key(), rows.value())) {
                rows.next();
            }
            rows.status();
        } catch (RocksDBException e) {
            throw failed("read", e);
        }
    }

    /// The same, up to a key and without it.
    void walk(Family family, byte[] from, byte[] end, Visitor visitor) throws IOException {
        walk(
                family,
                from,
                (key, value) -> Arrays.compareUnsigned(key, end) < 0 && visitor.visit(key, value));
    }

    /// Puts into the batch.
    void put(Family family, byte[] key, byte[] value) throws IOException {
        write(changes -> changes.put(handle(family), key, value));
    }

    /// Puts into the batch that a row goes.
    void delete(Family family, byte[] key) throws IOException {
        write(changes -> changes.delete(handle(family), key));
    }

    /// Puts into the batch that the rows from a key up to another, and without it, go.
    void deleteRange(Family family, byte[] from, byte[] end) throws IOException {
        write(changes -> changes.deleteRange(handle(family), from, end));
    }

    private void write(Change change) throws IOException {
        try {
            change.write(batch);
        } catch (RocksDBException e) {
            throw failed("written", e);
        }
    }

    /// Writes the batch, whole or not at all.
    void commit() throws IOException {
        try {
            if (batch.count() > 0) {
                db.write(writing, batch);
                batch.clear();
            }
        } catch (RocksDBException e) {
            throw failed("written", e);
        }
    }

    private static IOException failed(String what, RocksDBException cause) {
        return new IOException(
                "the crawl's state cannot be " + what + ": " + cause.getMessage(), cause);
    }

    private ColumnFamilyHandle handle(Family family) {
        return requireNonNull(families.get(family));
    }

    @Override
    public void close() {
        batch.close();
        batch = new WriteBatch();
        families.values().forEach(ColumnFamilyHandle::close);
        db.close();
        writing.close();
        owned.reversed().forEach(RocksObject::close);
    }
}
