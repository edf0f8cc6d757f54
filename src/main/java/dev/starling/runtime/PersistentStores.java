package dev.starling.runtime;

import dev.starling.dht.ItemStore;
import dev.starling.dht.PeerStore;
import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.rocks.RocksStores;
import java.util.List;
import java.util.Optional;

/// Stores in RocksDB.
final class PersistentStores implements Stores {

    private final RocksStores rocks;

    PersistentStores(RocksStores rocks) {
        this.rocks = rocks;
    }

    @Override
    public boolean isPersistent() {
        return true;
    }

    @Override
    public boolean isWritable() {
        return rocks.isWritable();
    }

    @Override
    public Optional<Id> nodeId() {
        return rocks.nodeId();
    }

    @Override
    public void saveNodeId(Id id) {
        rocks.saveNodeId(id);
    }

    @Override
    public List<Contact> contacts() {
        return rocks.contacts();
    }

    @Override
    public void saveContacts(List<Contact> contacts) {
        rocks.saveContacts(contacts);
    }

    @Override
    public PeerStore peers() {
        return rocks.peers();
    }

    @Override
    public ItemStore items() {
        return rocks.items();
    }

    @Override
    public void close() {
        rocks.close();
    }
}
