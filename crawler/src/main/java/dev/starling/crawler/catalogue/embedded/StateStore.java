package dev.starling.crawler.catalogue.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The rows of a catalogue in RocksDB. Thread-safe but for [#close()], after which nothing may be
/// called.
///
/// A write returns once it is on the disk itself: it survives the end of the process and of the
/// machine.
final class StateStore implements AutoCloseable {

    /// Where rows go.
    enum Family {
        DEFAULT("default"),
        /// Torrents by infohash.
        TORRENTS("torrents"),
        /// Infohashes that need no fetching, with why.
        KNOWN("known"),
        /// Changed infohashes by sequence number, until the index has them.
        JOURNAL("journal"),
        /// Blocks by the text of their rules.
        BLOCKS("blocks"),
        /// Audit lines by sequence number.
        AUDIT("audit"),
        META("meta");

        private final String columnFamily;

        Family(String columnFamily) {
            this.columnFamily = columnFamily;
        }
    }

    /// Several rows written at once or not at all.
    interface Batch {
        void put(Family family, byte[] key, byte[] value) throws RocksDBException;

        void delete(Family family, byte[] key) throws RocksDBException;
    }

    /// Writes into a batch.
    interface Change {
        void write(Batch batch) throws RocksDBException, IOException;
    }

    /// Looks at a row; false ends the walk.
    interface Visitor {
        boolean visit(byte[] key, byte[] value) throws IOException;
    }

    private static final long BLOCK_CACHE_BYTES = 64 << 20;
    private static final long WRITE_BUFFER_BYTES = 32 << 20;
    private static final long MAX_LOG_BYTES = 64 << 20;

    /// Enough for one unknown key in a hundred to cost a read.
    private static final int BLOOM_BITS = 10;

    private final RocksDB db;
    private final List<RocksObject> owned;
    private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
    private final WriteOptions synced;

    private StateStore(RocksDB db, List<ColumnFamilyHandle> handles, List<RocksObject> owned) {
        this.db = db;
        this.owned = owned;
        var each = handles.iterator();
        for (Family family : Family.values()) {
            families.put(family, each.next());
        }
        this.synced = new WriteOptions().setSync(true);
        owned.add(synced);
    }

    /// Opens a folder's store, made if missing.
    ///
    /// @param isReadOnly looks at it as it is now, beside a process that writes to it
    static StateStore open(Path folder, boolean isReadOnly) throws IOException {
        if (!isReadOnly) {
            Files.createDirectories(folder);
        }
        RocksDB.loadLibrary();
        List<RocksObject> owned = new ArrayList<>();
        var options = databaseOptions();
        var familyOptions = familyOptions(owned);
        owned.add(options);
        owned.add(familyOptions);
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (Family family : Family.values()) {
            var name = family.columnFamily.getBytes(UTF_8);
            descriptors.add(new ColumnFamilyDescriptor(name, familyOptions));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            var path = folder.toString();
            var db =
                    isReadOnly
                            ? RocksDB.openReadOnly(options, path, descriptors, handles)
                            : RocksDB.open(options, path, descriptors, handles);
            return new StateStore(db, handles, owned);
        } catch (RocksDBException e) {
            owned.reversed().forEach(RocksObject::close);
            throw String.valueOf(e.getMessage()).contains("LOCK")
                    ? new CatalogueInUseException(folder, e)
                    : new IOException("cannot open the catalogue in " + folder, e);
        }
    }

    private static DBOptions databaseOptions() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxTotalWalSize(MAX_LOG_BYTES)
                .setMaxBackgroundJobs(2)
                .setKeepLogFileNum(2)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
    }

    private static ColumnFamilyOptions familyOptions(List<RocksObject> owned) {
        var cache = new LRUCache(BLOCK_CACHE_BYTES);
        var bloom = new BloomFilter(BLOOM_BITS);
        owned.add(cache);
        owned.add(bloom);
        return new ColumnFamilyOptions()
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setTableFormatConfig(
                        new BlockBasedTableConfig()
                                .setBlockCache(cache)
                                .setFilterPolicy(bloom)
                                .setWholeKeyFiltering(true));
    }

    Optional<byte[]> read(Family family, byte[] key) throws IOException {
        try {
            return Optional.ofNullable(db.get(family(family), key));
        } catch (RocksDBException e) {
            throw failed("read", e);
        }
    }

    /// The values of these keys in their order, empty where there is none.
    List<Optional<byte[]>> read(Family family, List<byte[]> keys) throws IOException {
        if (keys.isEmpty()) {
            return List.of();
        }
        try {
            var same = Collections.nCopies(keys.size(), family(family));
            return db.multiGetAsList(same, keys).stream().map(Optional::ofNullable).toList();
        } catch (RocksDBException e) {
            throw failed("read", e);
        }
    }

    void write(Change change) throws IOException {
        try (var batch = new WriteBatch()) {
            change.write(
                    new Batch() {
                        @Override
                        public void put(Family family, byte[] key, byte[] value)
                                throws RocksDBException {
                            batch.put(family(family), key, value);
                        }

                        @Override
                        public void delete(Family family, byte[] key) throws RocksDBException {
                            batch.delete(family(family), key);
                        }
                    });
            db.write(synced, batch);
        } catch (RocksDBException e) {
            throw failed("write", e);
        }
    }

    /// Visits rows in the order of their keys.
    void walk(Family family, Visitor visitor) throws IOException {
        try (var rows = db.newIterator(family(family))) {
            rows.seekToFirst();
            while (rows.isValid() && visitor.visit(rows.key(), rows.value())) {
                rows.next();
            }
            rows.status();
        } catch (RocksDBException e) {
            throw failed("read", e);
        }
    }

    /// Visits rows from the last to the first.
    void walkBack(Family family, Visitor visitor) throws IOException {
        try (var rows = db.newIterator(family(family))) {
            rows.seekToLast();
            while (rows.isValid() && visitor.visit(rows.key(), rows.value())) {
                rows.prev();
            }
            rows.status();
        } catch (RocksDBException e) {
            throw failed("read", e);
        }
    }

    /// Drops every row before a key.
    void deleteBefore(Family family, byte[] end) throws IOException {
        try {
            db.deleteRange(family(family), new byte[0], end);
        } catch (RocksDBException e) {
            throw failed("write", e);
        }
    }

    /// Gives the disk back what deleted torrents took, and the log of what was written.
    void compact() throws IOException {
        try (var flush = new FlushOptions()) {
            db.flush(flush, List.copyOf(families.values()));
            for (ColumnFamilyHandle family : families.values()) {
                db.compactRange(family);
            }
        } catch (RocksDBException e) {
            throw failed("compact", e);
        }
    }

    private ColumnFamilyHandle family(Family family) {
        var handle = families.get(family);
        if (handle == null) {
            throw new IllegalStateException("no column family " + family);
        }
        return handle;
    }

    private static IOException failed(String what, RocksDBException cause) {
        return new IOException("the catalogue cannot " + what + ": " + cause.getMessage(), cause);
    }

    static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    @Override
    public void close() {
        families.values().forEach(ColumnFamilyHandle::close);
        db.close();
        owned.reversed().forEach(RocksObject::close);
    }
}
