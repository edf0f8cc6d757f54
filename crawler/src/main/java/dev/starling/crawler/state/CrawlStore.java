package dev.starling.crawler.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.starling.crawler.state.CrawlDatabase.Family;
import dev.starling.crawler.walk.NodeRow;
import dev.starling.crawler.walk.Zone;
import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The crawl's own memory on disk. Confined to one thread.
///
/// What is put into the batch is written by [#commit()], whole or not at all.
public final class CrawlStore implements AutoCloseable {

    /// Rows of one zone that are read: more are someone's invention.
    private static final int MAX_ZONE_ROWS = 8_192;

    /// Contacts to begin with.
    private static final int MAX_CONTACTS = 256;

    private static final byte[] IDS = "ids".getBytes(UTF_8);
    private static final byte[] SWEEP = "sweep".getBytes(UTF_8);
    private static final byte ZONE = 'z';
    private static final byte[] ZONES = {ZONE};
    private static final byte[] ZONES_END = {ZONE + 1};
    private static final byte[] NOTHING = {};

    private final CrawlDatabase database;

    private CrawlStore(CrawlDatabase database) {
        this.database = database;
    }

    /// Opens or creates the store in `folder`.
    ///
    /// @throws IOException if another process holds it or it cannot be read
    public static CrawlStore open(Path folder) throws IOException {
        return new CrawlStore(CrawlDatabase.open(folder));
    }

    /// The ids of our nodes, as many as were saved.
    public List<Id> nodeIds() throws IOException {
        byte[] saved = database.find(Family.PROGRESS, IDS).orElse(NOTHING);
        var ids = new ArrayList<Id>();
        for (int at = 0; at + Id.LENGTH_BYTES <= saved.length; at += Id.LENGTH_BYTES) {
            ids.add(Id.of(saved, at));
        }
        return ids;
    }

    public void saveNodeIds(List<Id> ids) throws IOException {
        byte[] bytes = new byte[ids.size() * Id.LENGTH_BYTES];
        for (int i = 0; i < ids.size(); i++) {
            ids.get(i).copyTo(bytes, i * Id.LENGTH_BYTES);
        }
        database.put(Family.PROGRESS, IDS, bytes);
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
        byte[] bits = database.find(Family.PROGRESS, SWEEP).orElse(NOTHING);
        if (bits.length != Integer.BYTES) {
            return Optional.empty();
        }
        var swept = new ArrayList<Integer>();
        database.walk(
                Family.PROGRESS,
                ZONES,
                ZONES_END,
                (key, _) -> {
                    swept.add(ByteBuffer.wrap(key, 1, Integer.BYTES).getInt());
                    return true;
                });
        return Optional.of(new Progress(ByteBuffer.wrap(bits).getInt(), swept));
    }

    /// Puts into the batch: a zone has been swept.
    public void swept(Zone zone) throws IOException {
        database.put(Family.PROGRESS, SWEEP, number(zone.bits()));
        database.put(Family.PROGRESS, zoneKey(zone.index()), NOTHING);
    }

    /// Puts into the batch: the sweep is over.
    public void sweepEnded() throws IOException {
        database.deleteRange(Family.PROGRESS, ZONES, ZONES_END);
        database.delete(Family.PROGRESS, SWEEP);
    }

    /// Contacts that answered, from all over the keyspace.
    public List<Contact> contacts() throws IOException {
        var contacts = new ArrayList<Contact>();
        for (int i = 0; i < MAX_CONTACTS; i++) {
            byte[] from = new byte[Id.LENGTH_BYTES];
            from[0] = (byte) i;
            database.walk(
                    Family.NODES,
                    from,
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
                zone,
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
            database.delete(Family.NODES, key);
        } else {
            database.put(Family.NODES, key, Rows.value(node));
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
                zone,
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
        return database.find(family, infoHash.toBytes()).flatMap(Rows::hash);
    }

    /// Puts into the batch: this infohash is to be followed up.
    public void want(Id infoHash, HashRow row) throws IOException {
        database.put(Family.WANTED, infoHash.toBytes(), Rows.value(row));
    }

    /// Puts into the batch: this infohash was followed up.
    public void settle(Id infoHash, HashRow row) throws IOException {
        database.delete(Family.WANTED, infoHash.toBytes());
        database.put(Family.SETTLED, infoHash.toBytes(), Rows.value(row));
    }

    /// Puts into the batch: nothing is remembered of this infohash.
    public void forget(Id infoHash) throws IOException {
        database.delete(Family.SETTLED, infoHash.toBytes());
    }

    /// Writes the batch, whole or not at all.
    public void commit() throws IOException {
        database.commit();
    }

    @Override
    public void close() {
        database.close();
    }

    private void walk(Family family, Zone zone, CrawlDatabase.Visitor visitor) throws IOException {
        byte[] first = zone.first().toBytes();
        if (zone.index() + 1 == 1 << zone.bits()) {
            database.walk(family, first, visitor);
        } else {
            byte[] end = new Zone(zone.index() + 1, zone.bits()).first().toBytes();
            database.walk(family, first, end, visitor);
        }
    }

    private static byte[] zoneKey(int index) {
        return ByteBuffer.allocate(1 + Integer.BYTES).put(ZONE).putInt(index).array();
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }
}
