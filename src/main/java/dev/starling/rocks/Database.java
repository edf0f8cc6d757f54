package dev.starling.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.Status;
import org.rocksdb.VectorMemTableConfig;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One RocksDB with our column families. Thread-safe: native memory that is used after it was freed
/// would end the process, so every call goes through one lock, and after closing does nothing.
///
/// Writes go to the write-ahead log without being forced to disk: they survive the death of the
/// process, not of the machine. A write that would have to wait for the disk is given up instead;
/// contacts and peers come back by themselves.
final class Database implements AutoCloseable {

    /// Where rows go.
    enum Family {
        /// Required by RocksDB; empty.
        DEFAULT("default"),
        NODE("node"),
        CONTACTS("contacts"),
        PEERS("peers"),
        /// Of earlier versions; emptied when opened.
        PEER_TIMES("peer-times"),
        ITEMS("items");

        private final String columnFamily;

        Family(String columnFamily) {
            this.columnFamily = columnFamily;
        }
    }

    /// Several rows written at once or not at all.
    interface Batch {
        void put(Family family, byte[] key, byte[] value);

        void delete(Family family, byte[] key);
    }

    /// Writes into a batch.
    interface Change {
        void write(Batch batch);
    }

    /// Looks at a row; false ends the walk.
    interface Visitor {
        boolean visit(byte[] key, byte[] value);
    }

    private static final long BLOCK_CACHE_BYTES = 8 << 20;
    private static final long WRITE_BUFFER_BYTES = 4 << 20;
    private static final long MAX_LOG_BYTES = 16 << 20;

    private static final byte[] PROBE = "probe".getBytes(UTF_8);

    /// All tables of the few hundred megabytes that are kept at most.
    private static final int MAX_OPEN_FILES = 64;

    /// Enough for one unknown key in a hundred to cost a read.
    private static final int BLOOM_BITS = 10;

    private static final Logger log = LoggerFactory.getLogger(Database.class);

    private final Path folder;
    private final RocksDB db;
    private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
    private final List<RocksObject> owned;
    private final WriteOptions writeOptions;

    /// What [#put] has collected for [#commit].
    private final WriteBatch collected = new WriteBatch();

    private boolean isClosed;
    private boolean hasFailed;

    private Database(
            Path folder, RocksDB db, List<ColumnFamilyHandle> handles, List<RocksObject> owned) {
        this.folder = folder;
        this.db = db;
        this.owned = owned;
        var each = handles.iterator();
        for (var family : Family.values()) {
            families.put(family, each.next());
        }
        this.writeOptions = new WriteOptions().setNoSlowdown(true);
        owned.add(writeOptions);
        owned.add(collected);
    }

    static Database open(Path folder) throws IOException {
        StoreFolder.claim(folder);
        loadLibrary();
        List<RocksObject> owned = new ArrayList<>();
        var options = databaseOptions();
        var familyOptions = familyOptions(owned);
        // Announced peers are read at the start alone: they need no order before they are on disk.
        var peersOptions = familyOptions(owned).setMemTableConfig(new VectorMemTableConfig());
        owned.add(options);
        owned.add(familyOptions);
        owned.add(peersOptions);
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (var family : Family.values()) {
            byte[] name = family.columnFamily.getBytes(UTF_8);
            var forFamily = family == Family.PEERS ? peersOptions : familyOptions;
            descriptors.add(new ColumnFamilyDescriptor(name, forFamily));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            var db = RocksDB.open(options, folder.toString(), descriptors, handles);
            return new Database(folder, db, handles, owned);
        } catch (RocksDBException e) {
            owned.reversed().forEach(RocksObject::close);
            throw explained(folder, e);
        }
    }

    /// From java.library.path, where the launcher has put it, or unpacked from the jar.
    private static void loadLibrary() throws StoreUnavailableException {
        try {
            RocksDB.loadLibrary();
        } catch (UnsatisfiedLinkError | RuntimeException e) {
            throw new StoreUnavailableException("RocksDB does not run here: " + e.getMessage(), e);
        }
    }

    private static IOException explained(Path folder, RocksDBException cause) {
        String message = String.valueOf(cause.getMessage());
        var status = cause.getStatus();
        boolean isInputOutput = status != null && status.getCode() == Status.Code.IOError;
        if (isInputOutput && message.contains("LOCK")) {
            return new StoreUnavailableException(
                    "the store in " + folder + " is in use by another process", cause);
        }
        var damaged = StoreFolder.damaged(folder, message);
        damaged.initCause(cause);
        return damaged;
    }

    private static DBOptions databaseOptions() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setAllowConcurrentMemtableWrite(false) // one thread writes
                .setCreateMissingColumnFamilies(true)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(1)
                .setMaxOpenFiles(MAX_OPEN_FILES)
                .setMaxTotalWalSize(MAX_LOG_BYTES)
                .setSkipStatsUpdateOnDbOpen(true)
                .setStatsDumpPeriodSec(0);
    }

    private static ColumnFamilyOptions familyOptions(List<RocksObject> owned) {
        var cache = new LRUCache(BLOCK_CACHE_BYTES);
        var bloom = new BloomFilter(BLOOM_BITS);
        owned.add(cache);
        owned.add(bloom);
        return new ColumnFamilyOptions()
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom))
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                // Hashes and addresses do not compress.
                .setCompressionType(CompressionType.NO_COMPRESSION);
    }

    synchronized Optional<byte[]> find(Family family, byte[] key) {
        if (isClosed) {
            return Optional.empty();
        }
        try {
            byte @Nullable [] value = db.get(handle(family), key);
            return Optional.ofNullable(value);
        } catch (RocksDBException e) {
            complain(e);
            return Optional.empty();
        }
    }

    synchronized void write(Change change) {
        if (isClosed) {
            return;
        }
        try (var batch = new WriteBatch()) {
            change.write(new NativeBatch(batch));
            db.write(writeOptions, batch);
        } catch (RocksDBException e) {
            complain(e);
        }
    }

    /// Has the next [#commit] write a row, or delete it where there is no value.
    synchronized void put(Family family, byte[] key, Optional<byte[]> value) {
        if (isClosed) {
            return;
        }
        var batch = new NativeBatch(collected);
        if (value.isPresent()) {
            batch.put(family, key, value.get());
        } else {
            batch.delete(family, key);
        }
    }

    /// Writes what has been collected, at once.
    synchronized void commit() {
        if (isClosed || collected.count() == 0) {
            return;
        }
        try {
            db.write(writeOptions, collected);
        } catch (RocksDBException e) {
            complain(e);
        } finally {
            collected.clear();
        }
    }

    /// Writes a row that says nothing; whether that went well.
    synchronized boolean isWritable() {
        if (isClosed) {
            return false;
        }
        try {
            db.put(handle(Family.NODE), writeOptions, PROBE, PROBE);
            return true;
        } catch (RocksDBException e) {
            complain(e);
            return false;
        }
    }

    /// Walks over the rows from `key` on, in order.
    synchronized void walk(Family family, byte[] from, Visitor visitor) {
        if (isClosed) {
            return;
        }
        try (var rows = db.newIterator(handle(family))) {
            rows.seek(from);
            while (rows.isValid() && visitor.visit(rows.key(), rows.value())) {
                rows.next();
            }
            rows.status();
        } catch (RocksDBException e) {
            complain(e);
        }
    }

    /// The node goes on with what it has in memory; an operator can act on the first complaint, and
    /// more of them would say the same.
    private void complain(RocksDBException e) {
        if (!hasFailed) {
            hasFailed = true;
            log.warn("the store fails, what is new is not kept: folder={}", folder, e);
        }
    }

    private ColumnFamilyHandle handle(Family family) {
        return requireNonNull(families.get(family));
    }

    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        commit();
        isClosed = true;
        families.values().forEach(ColumnFamilyHandle::close);
        db.close();
        owned.reversed().forEach(RocksObject::close);
    }

    /// Collects rows; what RocksDB complains of here is our mistake.
    private final class NativeBatch implements Batch {

        private final WriteBatch batch;

        NativeBatch(WriteBatch batch) {
            this.batch = batch;
        }

        @Override
        public void put(Family family, byte[] key, byte[] value) {
            try {
                batch.put(handle(family), key, value);
            } catch (RocksDBException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void delete(Family family, byte[] key) {
            try {
                batch.delete(handle(family), key);
            } catch (RocksDBException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
