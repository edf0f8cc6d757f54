package dev.starling.runtime;

import dev.starling.dht.ItemStore;
import dev.starling.dht.MemoryItemStore;
import dev.starling.dht.MemoryPeerStore;
import dev.starling.dht.PeerStore;
import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.util.List;
import java.util.Optional;

/// Stores that end with the process. Thread-safe but for [#peers()] and [#items()].
final class MemoryStores implements Stores {

    private final PeerStore peers = new MemoryPeerStore();
    private final ItemStore items = new MemoryItemStore();
    private volatile Optional<Id> nodeId = Optional.empty();
    private volatile List<Contact> contacts = List.of();

    @Override
    public boolean isPersistent() {
        return false;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public Optional<Id> nodeId() {
        return nodeId;
    }

    @Override
    public void saveNodeId(Id id) {
        nodeId = Optional.of(id);
    }

    @Override
    public List<Contact> contacts() {
        return contacts;
    }

    @Override
    public void saveContacts(List<Contact> saved) {
        contacts = List.copyOf(saved);
    }

    @Override
    public PeerStore peers() {
        return peers;
    }

    @Override
    public ItemStore items() {
        return items;
    }

    @Override
    public void close() {}
}
