package dev.starling.runtime;

import dev.starling.dht.ItemStore;
import dev.starling.dht.PeerStore;
import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.rocks.RocksStores;
import dev.starling.rocks.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/// What a DHT node remembers between runs: its id, its contacts, the peers announced to it and the
/// items stored with it.
public interface Stores extends AutoCloseable {

    /// Opens or creates the RocksDB store in `folder`. Where another process holds it, or RocksDB
    /// does not run on this machine, the returned stores live in memory, begin with nothing and say
    /// so by [#isPersistent()].
    ///
    /// @throws IOException if the store is corrupt or not ours, naming the folder and the way out
    static Stores open(Path folder) throws IOException {
        try {
            return new PersistentStores(RocksStores.open(folder));
        } catch (StoreUnavailableException e) {
            LoggerFactory.getLogger(Stores.class)
                    .info("contacts, peers and items are kept in memory only: {}", e.getMessage());
            return inMemory();
        }
    }

    static Stores inMemory() {
        return new MemoryStores();
    }

    boolean isPersistent();

    /// Whether what is new can be kept, for those that are persistent; tries it.
    boolean isWritable();

    Optional<Id> nodeId();

    void saveNodeId(Id id);

    List<Contact> contacts();

    void saveContacts(List<Contact> contacts);

    PeerStore peers();

    ItemStore items();

    @Override
    void close();
}
