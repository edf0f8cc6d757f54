package dev.starling.wire;

import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.List;

/// The pieces a choked peer may fetch all the same (BEP 6, "Allowed Fast").
public final class AllowedFastSet {

    private AllowedFastSet() {}

    /// The canonical set of `count` pieces for a peer's IPv4 address; empty for IPv6, for which BEP
    /// 6 defines none.
    public static List<Integer> of(IpAddress peer, Id infoHash, int pieceCount, int count) {
        throw new UnsupportedOperationException();
    }
}
