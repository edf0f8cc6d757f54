package dev.starling.node;

import dev.starling.dht.DhtEffect;

/// How every command tells that bootstrap nodes are silent: in the words that a download has for
/// it, so that nobody reads the same twice.
final class BootstrapStall {

    static final String HINT =
            "Check the network and that UDP is let through, or give a node with"
                    + " --bootstrap HOST:PORT.";

    private BootstrapStall() {}

    /// Whether anybody was asked: that nobody could be, a name without an address say, is told by
    /// whoever knows why.
    static boolean isOfNodes(DhtEffect.BootstrapStalled stalled) {
        return stalled.asked() > 0;
    }

    static String reason(DhtEffect.BootstrapStalled stalled) {
        return "no bootstrap node answered (" + stalled.asked() + " asked)";
    }
}
