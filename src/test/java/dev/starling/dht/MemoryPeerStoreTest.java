package dev.starling.dht;

class MemoryPeerStoreTest extends PeerStoreContract {

    @Override
    protected PeerStore store(int maxPeers) {
        return new MemoryPeerStore(maxPeers);
    }
}
