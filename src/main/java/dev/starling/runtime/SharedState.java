package dev.starling.runtime;

import dev.starling.dht.Counters;
import dev.starling.dht.DhtNode;
import dev.starling.dht.DhtStores;

/// What the nodes of one service have together (BEP 45): they run on one loop.
record SharedState(DhtStores stores, Counters counters) {

    DhtNode.Economy economy() {
        return DhtNode.Economy.counted(counters);
    }
}
