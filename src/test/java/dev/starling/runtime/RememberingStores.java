package dev.starling.runtime;

import dev.starling.dht.ItemStore;
import dev.starling.dht.MemoryItemStore;
import dev.starling.dht.MemoryPeerStore;
import dev.starling.dht.PeerStore;
import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stores that outlive the node they are given to, for tests of restarts.
final class RememberingStores implements Stores {

    private final PeerStore peers = new MemoryPeerStore();
    private final ItemStore items = new MemoryItemStore();
    private volatile @Nullable Id nodeId;
    private volatile List<Contact> contacts = List.of();

    @Override
    public boolean isPersistent() {
        return true;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public Optional<Id> nodeId() {
        return Optional.ofNullable(nodeId);
    }

    @Override
    public void saveNodeId(Id id) {
        nodeId = id;
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
