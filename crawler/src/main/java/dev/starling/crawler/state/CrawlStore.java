package dev.starling.crawler.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.starling.crawler.walk.NodeRow;
import dev.starling.crawler.walk.Zone;
import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The crawl's own memory, in one RocksDB. Confined to one thread.
///
/// What was written survives the death of the process at any moment: a batch is there whole or not
/// at all.
public final class CrawlStore implements AutoCloseable {

    /// Where rows go.
    private enum Family {
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

    /// Rows of one zone that are read: more are someone's invention.
    private static final int MAX_ZONE_ROWS = 8_192;

    /// Contacts to begin with.
    private static final int MAX_CONTACTS = 256;

    private static final long CACHE_BYTES = 16 << 20;
    private static final long WRITE_BUFFER_BYTES = 16 << 20;
    private static final long MAX_LOG_BYTES = 64 << 20;
    private static final int MAX_OPEN_FILES = 256;
    private static final int BLOOM_BITS = 10; // one unknown key in a hundred costs a read

    private static final byte[] IDS = "ids".getBytes(UTF_8);
    private static final byte[] SWEEP = "sweep".getBytes(UTF_8);
    private static final byte ZONE = 'z';

    private final RocksDB db;
    private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
    private final List<RocksObject> owned;
    private final WriteOptions writing = new WriteOptions();
    private WriteBatch batch = new WriteBatch();

    private CrawlStore(RocksDB db, List<ColumnFamilyHandle> handles, List<RocksObject> owned) {
        this.db = db;
        this.owned = owned;
        var each = handles.iterator();
        for (var family : Family.values()) {
            families.put(family, each.next());
        }
    }

    /// Opens or creates the store in `folder`.
    ///
    /// @throws IOException if another process holds it or it cannot be read
    public static CrawlStore open(Path folder) throws IOException {
        Files.createDirectories(folder);
        RocksDB.loadLibrary();
        var cache = new LRUCache(CACHE_BYTES);
        var bloom = new BloomFilter(BLOOM_BITS);
        var table = new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom);
        var options =
                new DBOptions()
                        .setCreateIfMissing(true)
                        .setCreateMissingColumnFamilies(true)
                        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                        .setKeepLogFileNum(1)
                        .setMaxOpenFiles(MAX_OPEN_FILES)
                        .setMaxTotalWalSize(MAX_LOG_BYTES)
                        .setStatsDumpPeriodSec(0);
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
            return new CrawlStore(db, handles, owned);
        } catch (RocksDBException e) {
            owned.reversed().forEach(RocksObject::close);
            throw new IOException(
                    "the crawl's state in %s cannot be used: %s; another crawl may be running there"
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }

    /// The ids of our nodes, as many as were saved.
    public List<Id> nodeIds() throws IOException {
        byte[] saved = find(Family.PROGRESS, IDS);
        var ids = new ArrayList<Id>();
        for (int at = 0; saved != null && at + Id.LENGTH_BYTES <= saved.length; ) {
            ids.add(Id.of(saved, at));
            at += Id.LENGTH_BYTES;
        }
        return ids;
    }

    public void saveNodeIds(List<Id> ids) throws IOException {
        byte[] bytes = new byte[ids.size() * Id.LENGTH_BYTES];
        for (int i = 0; i < ids.size(); i++) {
            ids.get(i).copyTo(bytes, i * Id.LENGTH_BYTES);
        }
        put(Family.PROGRESS, IDS, bytes);
        commit();
    }

    /// How far a sweep has come.
    public record Progress(int zoneBits, List<Integer> swept) {
        public Progress {
            swept = List.copyOf(swept);
        }
    }

    /// The sweep that was broken off, if one was.
    public Optional<Progress> progress() throws IOException {
        byte[] bits = find(Family.PROGRESS, SWEEP);
        if (bits == null || bits.length != Integer.BYTES) {
            return Optional.empty();
        }
        var swept = new ArrayList<Integer>();
        walk(
                Family.PROGRESS,
                new byte[] {ZONE},
                new byte[] {ZONE + 1},
                (key, _) -> {
                    swept.add(ByteBuffer.wrap(key, 1, Integer.BYTES).getInt());
                    return true;
                });
        return Optional.of(new Progress(ByteBuffer.wrap(bits).getInt(), swept));
    }

    /// Puts into the batch: a zone has been swept.
    public void swept(Zone zone) throws IOException {
        put(Family.PROGRESS, SWEEP, number(zone.bits()));
        put(Family.PROGRESS, zoneKey(zone.index()), new byte[0]);
    }

    /// Puts into the batch: the sweep is over.
    public void sweepEnded() throws IOException {
        write(changes -> {
            changes.deleteRange(handle(Family.PROGRESS), new byte[] {ZONE}, new byte[] {ZONE + 1});
            changes.delete(handle(Family.PROGRESS), SWEEP);
        });
    }

    /// Contacts that answered, from all over the keyspace.
    public List<Contact> contacts() throws IOException {
        var contacts = new ArrayList<Contact>();
        for (int i = 0; i < MAX_CONTACTS; i++) {
            byte[] from = new byte[Id.LENGTH_BYTES];
            from[0] = (byte) i;
            walk(
                    Family.NODES,
                    from,
                    null,
                    (key, value) -> {
                        Rows.node(key, value)
                                .filter(row -> row.failures() == 0 && row.answeredSeconds() > 0)
                                .ifPresent(row -> contacts.add(row.contact()));
                        return false;
                    });
        }
        return contacts.stream().distinct().toList();
    }

    /// The nodes remembered in a zone.
    public List<NodeRow> nodes(Zone zone) throws IOException {
        var rows = new ArrayList<NodeRow>();
        walk(
                Family.NODES,
                zone.first().toBytes(),
                end(zone),
                (key, value) -> {
                    Rows.node(key, value).ifPresent(rows::add);
                    return rows.size() < MAX_ZONE_ROWS;
                });
        return rows;
    }

    /// Puts into the batch what is to be remembered of a node.
    public void save(NodeRow node) throws IOException {
        byte[] key = Rows.key(node.contact());
        if (node.isForgotten()) {
            delete(Family.NODES, key);
        } else {
            put(Family.NODES, key, Rows.value(node));
        }
    }

    /// Looks at infohashes with their rows; false ends it.
    public interface HashVisitor {
        boolean visit(Id infoHash, HashRow row);
    }

    /// The wanted infohashes, all of them or those of a zone.
    public void wanted(Zone zone, HashVisitor visitor) throws IOException {
        hashes(Family.WANTED, zone, visitor);
    }

    /// The infohashes of a zone that were followed up.
    public void settled(Zone zone, HashVisitor visitor) throws IOException {
        hashes(Family.SETTLED, zone, visitor);
    }

    private void hashes(Family family, Zone zone, HashVisitor visitor) throws IOException {
        walk(
                family,
                zone.first().toBytes(),
                end(zone),
                (key, value) ->
                        key.length != Id.LENGTH_BYTES
                                || Rows.hash(value)
                                        .map(row -> visitor.visit(Id.of(key), row))
                                        .orElse(true));
    }

    public Optional<HashRow> wanted(Id infoHash) throws IOException {
        return hash(Family.WANTED, infoHash);
    }

    public Optional<HashRow> settled(Id infoHash) throws IOException {
        return hash(Family.SETTLED, infoHash);
    }

    private Optional<HashRow> hash(Family family, Id infoHash) throws IOException {
        byte[] value = find(family, infoHash.toBytes());
        return value == null ? Optional.empty() : Rows.hash(value);
    }

    /// Puts into the batch: this infohash is to be followed up.
    public void want(Id infoHash, HashRow row) throws IOException {
        put(Family.WANTED, infoHash.toBytes(), Rows.value(row));
    }

    /// Puts into the batch: this infohash was followed up.
    public void settle(Id infoHash, HashRow row) throws IOException {
        delete(Family.WANTED, infoHash.toBytes());
        put(Family.SETTLED, infoHash.toBytes(), Rows.value(row));
    }

    /// Puts into the batch: nothing is remembered of this infohash.
    public void forget(Id infoHash) throws IOException {
        delete(Family.SETTLED, infoHash.toBytes());
    }

    /// Writes the batch, whole or not at all.
    public void commit() throws IOException {
        try {
            if (batch.count() > 0) {
                db.write(writing, batch);
                batch.clear();
            }
        } catch (RocksDBException e) {
            throw new IOException("the crawl's state cannot be written: " + e.getMessage(), e);
        }
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

    private interface Visitor {
        boolean visit(byte[] key, byte[] value);
    }

    private interface Change {
        void write(WriteBatch changes) throws RocksDBException;
    }

    private byte @Nullable [] find(Family family, byte[] key) throws IOException {
        try {
            return db.get(handle(family), key);
        } catch (RocksDBException e) {
            throw new IOException("the crawl's state cannot be read: " + e.getMessage(), e);
        }
    }

    private void put(Family family, byte[] key, byte[] value) throws IOException {
        write(changes -> changes.put(handle(family), key, value));
    }

    private void delete(Family family, byte[] key) throws IOException {
        write(changes -> changes.delete(handle(family), key));
    }

    private void write(Change change) throws IOException {
        try {
            change.write(batch);
        } catch (RocksDBException e) {
            throw new IOException("the crawl's state cannot be written: " + e.getMessage(), e);
        }
    }

    private void walk(Family family, byte[] from, byte @Nullable [] end, Visitor visitor)
            throws IOException {
        try (var rows = db.newIterator(handle(family))) {
            rows.seek(from);
            while (rows.isValid()
                    && (end == null || Arrays.compareUnsigned(rows.key(), end) < 0)
                    && visitor.visit(rows.key(), rows.value())) {
                rows.next();
            }
            rows.status();
        } catch (RocksDBException e) {
            throw new IOException("the crawl's state cannot be read: " + e.getMessage(), e);
        }
    }

    /// The first key beyond a zone; null for the last zone.
    private static byte @Nullable [] end(Zone zone) {
        return zone.index() + 1 == 1 << zone.bits()
                ? null
                : new Zone(zone.index() + 1, zone.bits()).first().toBytes();
    }

    private static byte[] zoneKey(int index) {
        return ByteBuffer.allocate(1 + Integer.BYTES).put(ZONE).putInt(index).array();
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private ColumnFamilyHandle handle(Family family) {
        return requireNonNull(families.get(family));
    }
}
