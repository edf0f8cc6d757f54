package dev.starling.node;

import dev.starling.dht.DhtEffect;

/// How every command tells that bootstrap nodes are silent.
final class BootstrapStall {

    static final String HINT = "Is UDP open? --bootstrap HOST:PORT names a node that runs.";

    private BootstrapStall() {}

    /// Whether anybody was asked: that nobody could be, a name without an address say, is told by
    /// whoever knows why.
    static boolean isOfNodes(DhtEffect.BootstrapStalled stalled) {
        return stalled.asked() > 0;
    }

    static String reason(DhtEffect.BootstrapStalled stalled) {
        return "none of " + Units.count(stalled.asked(), "bootstrap node") + " has answered";
    }
}
