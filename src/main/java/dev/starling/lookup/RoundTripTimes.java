package dev.starling.lookup;

/// How long nodes take to answer, learned from every answer, shared by the lookups of one node.
///
/// Gives the time after which a query is unlikely to be answered soon and its slot is better used
/// for another contact. Confined to the node's thread.
public final class RoundTripTimes {

    public void answered(long rttNanos) {
        throw new UnsupportedOperationException();
    }

    /// After this long a pending query frees its slot, though a late answer still counts.
    public long stallNanos() {
        throw new UnsupportedOperationException();
    }
}
