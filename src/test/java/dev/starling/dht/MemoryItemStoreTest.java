package dev.starling.dht;

class MemoryItemStoreTest extends ItemStoreContract {

    @Override
    protected ItemStore store(int maxItems) {
        return new MemoryItemStore(maxItems);
    }
}
