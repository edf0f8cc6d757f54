package dev.starling.dht;

/// Bounds of a node that its operator may set, also while it runs.
///
/// @param answersPerSecond for each source: an IPv4 address or an IPv6 /64
/// @param burst answers a source may get at once
/// @param maxPeers announced peers kept in all
public record DhtBounds(int answersPerSecond, int burst, int maxPeers) {

    public static final int ANSWERS_PER_SECOND = RateLimit.ANSWERS_PER_SECOND;
    public static final int BURST = RateLimit.BURST;
    public static final int MAX_PEERS = PeerStore.MAX_PEERS;

    public static final DhtBounds DEFAULT = new DhtBounds(ANSWERS_PER_SECOND, BURST, MAX_PEERS);

    public DhtBounds {
        if (answersPerSecond < 1 || burst < 1 || maxPeers < 1) {
            throw new IllegalArgumentException(
                    "each bound is at least 1, not "
                            + answersPerSecond
                            + ", "
                            + burst
                            + ", "
                            + maxPeers);
        }
    }
}
