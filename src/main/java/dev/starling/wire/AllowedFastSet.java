package dev.starling.wire;

import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// The pieces a choked peer may fetch all the same (BEP 6, "Allowed Fast").
///
/// The set depends on the peer's /24 network, so that many addresses of one network earn no more
/// than one set.
public final class AllowedFastSet {

    /// How many pieces BEP 6 gives a peer.
    public static final int USUAL_COUNT = 10;

    private static final int NETWORK_MASK = 0xffff_ff00;

    private AllowedFastSet() {}

    /// The canonical set of `count` pieces for a peer's IPv4 address, in the order it is drawn; all
    /// pieces where there are no more than `count`; empty for IPv6, for which BEP 6 defines none.
    public static List<Integer> of(IpAddress peer, Id infoHash, int pieceCount, int count) {
        if (!peer.isV4()) {
            return List.of();
        }
        if (pieceCount <= count) {
            return IntStream.range(0, pieceCount).boxed().toList();
        }
        byte[] seed = new byte[4 + Id.LENGTH_BYTES];
        ByteBuffer.wrap(seed).putInt(peer.v4Bits() & NETWORK_MASK);
        infoHash.copyTo(seed, 4);

        var pieces = new LinkedHashSet<Integer>();
        byte[] digest = Sha1.of(seed);
        while (pieces.size() < count) {
            draw(digest, pieceCount, count, pieces);
            digest = Sha1.of(digest);
        }
        return List.copyOf(pieces);
    }

    private static void draw(byte[] digest, int pieceCount, int count, Set<Integer> pieces) {
        var numbers = ByteBuffer.wrap(digest);
        while (numbers.hasRemaining() && pieces.size() < count) {
            pieces.add(Integer.remainderUnsigned(numbers.getInt(), pieceCount));
        }
    }
}
