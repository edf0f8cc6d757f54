package dev.starling.rocks;

import dev.starling.dht.ItemStore;
import dev.starling.dht.PeerStore;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.rocks.Database.Family;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a DHT node remembers between runs, in one RocksDB. Thread-safe but for [#peers()] and
/// [#items()].
///
/// What was saved survives the death of the process at any moment. After closing nothing is saved
/// or found.
public final class RocksStores implements AutoCloseable {

    /// More than a routing table of both families holds.
    public static final int MAX_CONTACTS = 4_096;

    private static final byte[] NODE_ID = "id".getBytes(StandardCharsets.UTF_8);
    private static final byte[] START = new byte[0];

    private final Database database;
    private final RocksPeerStore peers;
    private final RocksItemStore items;

    private RocksStores(Database database, RocksPeerStore peers, RocksItemStore items) {
        this.database = database;
        this.peers = peers;
        this.items = items;
    }

    /// Opens or creates the store in `folder`.
    ///
    /// @throws StoreUnavailableException if another process holds it, or RocksDB does not run here
    /// @throws IOException if it is corrupt or not ours, naming the folder and the way out
    public static RocksStores open(Path folder) throws IOException {
        return open(folder, PeerStore.MAX_PEERS, RocksItemStore.MAX_ITEMS);
    }

    static RocksStores open(Path folder, int maxPeers, int maxItems) throws IOException {
        var database = Database.open(folder);
        return new RocksStores(
                database,
                new RocksPeerStore(database, maxPeers),
                new RocksItemStore(database, maxItems));
    }

    public Optional<Id> nodeId() {
        return database.find(Family.NODE, NODE_ID)
                .filter(bytes -> bytes.length == Id.LENGTH_BYTES)
                .map(Id::of);
    }

    public void saveNodeId(Id id) {
        database.write(batch -> batch.put(Family.NODE, NODE_ID, id.toBytes()));
    }

    /// The contacts last saved, in the order given then.
    public List<Contact> contacts() {
        List<Contact> contacts = new ArrayList<>();
        database.walk(
                Family.CONTACTS,
                START,
                (_, value) -> {
                    parseContact(value).ifPresent(contacts::add);
                    return true;
                });
        return contacts;
    }

    /// Replaces the saved contacts, by the first [#MAX_CONTACTS] of these.
    public void saveContacts(List<Contact> contacts) {
        List<byte[]> old = new ArrayList<>();
        database.walk(
                Family.CONTACTS,
                START,
                (key, _) -> {
                    old.add(key);
                    return true;
                });
        database.write(batch -> {
            old.forEach(key -> batch.delete(Family.CONTACTS, key));
            for (int i = 0; i < Math.min(contacts.size(), MAX_CONTACTS); i++) {
                byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
                batch.put(Family.CONTACTS, key, format(contacts.get(i)));
            }
        });
    }

    /// Whether a row can be written now; tries it.
    public boolean isWritable() {
        return database.isWritable();
    }

    /// The announced peers; confined to one thread.
    public PeerStore peers() {
        return peers;
    }

    /// The items others have stored; confined to one thread.
    public ItemStore items() {
        return items;
    }

    @Override
    public void close() {
        database.close();
    }

    private static byte[] format(Contact contact) {
        var endpoint = contact.endpoint();
        byte[] bytes = new byte[Id.LENGTH_BYTES + endpoint.compactLengthBytes()];
        contact.id().copyTo(bytes, 0);
        endpoint.copyCompactTo(bytes, Id.LENGTH_BYTES);
        return bytes;
    }

    private static Optional<Contact> parseContact(byte[] bytes) {
        int compactBytes = bytes.length - Id.LENGTH_BYTES;
        if (compactBytes != 6 && compactBytes != 18) {
            return Optional.empty();
        }
        var endpoint = Endpoint.ofCompact(bytes, Id.LENGTH_BYTES, compactBytes);
        return Optional.of(new Contact(Id.of(bytes, 0), endpoint));
    }
}
