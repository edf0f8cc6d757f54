package dev.starling.crawler.catalogue.embedded;

import dev.starling.crawler.catalogue.embedded.StateStore.Family;
import dev.starling.id.Id;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/// The rows of the store as torrents, and the journal of those that the index lacks. Changes are
/// confined to whoever holds the catalogue's write lock.
final class Rows {

    /// Why an infohash needs no fetching.
    private static final byte[] CATALOGUED = {'c'};

    private static final byte[] REFUSED = {'r'};
    private static final byte[] NEXT_CHANGE = {'n'};
    private static final byte[] REFUSED_COUNT = {'r'};
    private static final byte[] FORGOTTEN = {'f'};

    private final StateStore store;
    private long nextChange;
    private long refused;

    Rows(StateStore store) throws IOException {
        this.store = store;
        this.nextChange = number(NEXT_CHANGE, 1);
        this.refused = number(REFUSED_COUNT, 0);
        store.walkBack(
                Family.JOURNAL,
                (key, _) -> {
                    nextChange = Math.max(nextChange, StateStore.number(key) + 1);
                    return false;
                });
    }

    private long number(byte[] key, long otherwise) throws IOException {
        return store.read(Family.META, key).map(StateStore::number).orElse(otherwise);
    }

    long refused() {
        return refused;
    }

    /// The sequence number of the latest change.
    long latestChange() {
        return nextChange - 1;
    }

    Optional<Row> read(Id infoHash) throws IOException {
        var bytes = store.read(Family.TORRENTS, infoHash.toBytes());
        return bytes.isPresent() ? Optional.of(RowCodec.decode(bytes.get())) : Optional.empty();
    }

    /// Those of these that there are, by infohash.
    SequencedMap<Id, Row> read(Collection<Id> infoHashes) throws IOException {
        SequencedMap<Id, Row> rows = new LinkedHashMap<>();
        var keys = infoHashes.stream().map(Id::toBytes).toList();
        for (Optional<byte[]> bytes : store.read(Family.TORRENTS, keys)) {
            if (bytes.isPresent()) {
                var row = RowCodec.decode(bytes.get());
                rows.put(row.infoHash(), row);
            }
        }
        return rows;
    }

    Set<Id> known(Collection<Id> infoHashes) throws IOException {
        var asked = List.copyOf(infoHashes);
        var found = store.read(Family.KNOWN, asked.stream().map(Id::toBytes).toList());
        Set<Id> known = new TreeSet<>();
        for (int i = 0; i < asked.size(); i++) {
            if (found.get(i).isPresent()) {
                known.add(asked.get(i));
            }
        }
        return known;
    }

    /// Writes rows, and notes them in the journal where the index is to have them anew.
    void write(Collection<Row> rows, boolean isIndexed) throws IOException {
        long first = nextChange;
        store.write(batch -> {
            long change = first;
            for (Row row : rows) {
                byte[] key = row.infoHash().toBytes();
                batch.put(Family.TORRENTS, key, RowCodec.encode(row));
                batch.put(Family.KNOWN, key, CATALOGUED);
                if (isIndexed) {
                    batch.put(Family.JOURNAL, StateStore.key(change), key);
                    change++;
                }
            }
        });
        nextChange += isIndexed ? rows.size() : 0;
    }

    /// Remembers infohashes that were not known as refused.
    void refuse(Collection<Id> infoHashes) throws IOException {
        long count = refused + infoHashes.size();
        store.write(batch -> {
            for (Id infoHash : infoHashes) {
                batch.put(Family.KNOWN, infoHash.toBytes(), REFUSED);
            }
            batch.put(Family.META, REFUSED_COUNT, StateStore.key(count));
        });
        refused = count;
    }

    /// Drops torrents, as if they had never been found.
    void delete(Collection<Id> infoHashes) throws IOException {
        long first = nextChange;
        store.write(batch -> {
            long change = first;
            for (Id infoHash : infoHashes) {
                batch.delete(Family.TORRENTS, infoHash.toBytes());
                batch.delete(Family.KNOWN, infoHash.toBytes());
                batch.put(Family.JOURNAL, StateStore.key(change), infoHash.toBytes());
                change++;
            }
        });
        nextChange += infoHashes.size();
    }

    /// Infohashes whose rows changed after a point, each once.
    Collection<Id> changedAfter(long upTo) throws IOException {
        Set<Id> changed = new TreeSet<>();
        store.walk(
                Family.JOURNAL,
                (key, value) -> {
                    if (StateStore.number(key) > upTo) {
                        changed.add(Id.of(value));
                    }
                    return true;
                });
        return changed;
    }

    /// Forgets changes that the index holds for good.
    void forgetChanges(long upTo) throws IOException {
        store.write(batch -> {
            batch.put(Family.META, NEXT_CHANGE, StateStore.key(nextChange));
            batch.put(Family.META, FORGOTTEN, StateStore.key(upTo));
        });
        store.deleteBefore(Family.JOURNAL, StateStore.key(upTo + 1));
    }

    /// Up to where changes were forgotten: an index that ends before is of no use.
    long forgottenUpTo() throws IOException {
        return number(FORGOTTEN, 0);
    }

    /// Visits every torrent in order of infohash.
    void walk(RowVisitor visitor) throws IOException {
        store.walk(Family.TORRENTS, (_, value) -> visitor.visit(RowCodec.decode(value)));
    }

    /// Looks at a row; false ends the walk.
    @FunctionalInterface
    interface RowVisitor {
        boolean visit(Row row) throws IOException;
    }

    static List<List<Id>> chunks(Collection<Id> infoHashes, int size) {
        var all = List.copyOf(infoHashes);
        List<List<Id>> chunks = new ArrayList<>();
        for (int i = 0; i < all.size(); i += size) {
            chunks.add(all.subList(i, Math.min(all.size(), i + size)));
        }
        return chunks;
    }
}
