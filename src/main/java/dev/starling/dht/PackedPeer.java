package dev.starling.dht;

import dev.starling.id.Endpoint;

/// A peer by IPv4 in one word: its address in the upper 32 bits, then its port, and in the last
/// bits what it is and whom it may be told to, found out once and not with every answer.
final class PackedPeer {

    private static final int ADDRESS_SHIFT = 32;
    private static final int PORT_SHIFT = 8;
    private static final int PORT_MASK = 0xffff;
    private static final long SEED = 1;
    private static final long LOOPBACK = 2;
    private static final long GLOBAL = 4;

    private PackedPeer() {}

    static long of(Endpoint peer, boolean isSeed) {
        return (long) peer.address().v4Bits() << ADDRESS_SHIFT | withoutAddress(peer, isSeed);
    }

    /// Port and flags of a peer of either family.
    static long withoutAddress(Endpoint peer, boolean isSeed) {
        return (long) peer.port() << PORT_SHIFT
                | (isSeed ? SEED : 0)
                | (peer.address().isLoopback() ? LOOPBACK : 0)
                | (peer.address().isGlobal() ? GLOBAL : 0);
    }

    static int addressOf(long packed) {
        return (int) (packed >>> ADDRESS_SHIFT);
    }

    static int portOf(long packed) {
        return (int) (packed >>> PORT_SHIFT) & PORT_MASK;
    }

    static boolean isSeed(long packed) {
        return (packed & SEED) != 0;
    }

    static boolean isLoopback(long packed) {
        return (packed & LOOPBACK) != 0;
    }

    static boolean isGlobal(long packed) {
        return (packed & GLOBAL) != 0;
    }
}
