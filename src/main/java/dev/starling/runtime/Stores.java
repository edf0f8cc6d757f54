package dev.starling.runtime;

import dev.starling.dht.PeerStore;
import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a DHT node remembers between runs: its id, its contacts, and the peers announced to it.
public interface Stores extends AutoCloseable {

    /// Opens or creates the RocksDB store in `folder`. Where another process holds it, the returned
    /// stores live in memory, begin with nothing and say so by [#isPersistent()].
    ///
    /// @throws IOException if the store is corrupt or not ours, naming the folder and the way out
    static Stores open(Path folder) throws IOException {
        throw new UnsupportedOperationException();
    }

    static Stores inMemory() {
        throw new UnsupportedOperationException();
    }

    boolean isPersistent();

    Optional<Id> nodeId();

    void saveNodeId(Id id);

    List<Contact> contacts();

    void saveContacts(List<Contact> contacts);

    PeerStore peers();

    @Override
    void close();
}
