package dev.starling.swarm;

import dev.starling.bencode.ByteString;
import dev.starling.metainfo.InfoReader;
import dev.starling.metainfo.PieceSet;
import java.util.Arrays;

/// Which pieces one peer says it has.
///
/// Before the number of pieces is known its claims are kept as they came, bounded, and read by
/// [#resolve] later.
final class RemotePieces {

    /// A bitfield of the largest torrent we accept.
    private static final int MAX_BITFIELD_BYTES = InfoReader.MAX_PIECES / 8;

    /// `have` messages kept while the metadata is awaited; a peer that verifies more than this in
    /// that time is known well enough by the first ones.
    private static final int MAX_EARLY_HAVES = 16_384;

    private enum First {
        NOTHING,
        BITFIELD,
        ALL,
        NONE
    }

    private First first = First.NOTHING;
    private ByteString bits = ByteString.EMPTY;
    private int[] early = new int[0];
    private int earlyCount;
    private PieceSet set = new PieceSet(0);
    private boolean isResolved;

    /// Counted among the seeds of [PieceOrder], not piece by piece.
    boolean isCountedAsSeed;

    /// Takes a `bitfield`; false for one that is too long. BEP 3 allows it only at first, but aria2
    /// sends it again instead of many `have`.
    boolean tellBits(ByteString told) {
        if (told.lengthBytes() > MAX_BITFIELD_BYTES) {
            return false;
        }
        tell(First.BITFIELD);
        bits = told;
        return true;
    }

    /// Takes a `have all`, at any time as a bitfield.
    void tellAll() {
        tell(First.ALL);
    }

    /// Takes a `have none`; false where the protocol allows none.
    boolean tellNone() {
        boolean isFirst = first == First.NOTHING;
        tell(First.NONE);
        return isFirst;
    }

    private void tell(First told) {
        first = told;
        bits = ByteString.EMPTY;
        earlyCount = 0;
    }

    /// Takes a `have` that cannot be read yet.
    void tellEarly(int pieceIndex) {
        if (earlyCount < MAX_EARLY_HAVES) {
            if (earlyCount == early.length) {
                early = Arrays.copyOf(early, Math.max(16, earlyCount * 2));
            }
            early[earlyCount++] = pieceIndex;
        }
    }

    /// Reads what was told, given how many pieces there are; false if it makes no sense. `full` is
    /// shared by all who have everything.
    boolean resolve(PieceSet full) {
        int pieceCount = full.pieceCount();
        byte[] raw = bits.toBytes();
        set = new PieceSet(pieceCount);
        isCountedAsSeed = false;
        isResolved = true;
        if (first == First.BITFIELD && !PieceSet.isBitfield(raw, pieceCount)) {
            return false;
        }
        set =
                switch (first) {
                    case ALL -> full;
                    case BITFIELD -> PieceSet.ofBitfield(raw, pieceCount);
                    case NOTHING, NONE -> set;
                };
        for (int i = 0; i < earlyCount; i++) {
            if (early[i] < 0 || early[i] >= pieceCount) {
                set = new PieceSet(pieceCount);
                return false;
            }
            if (!set.isFull()) {
                set.add(early[i]);
            }
        }
        set = set.isFull() ? full : set;
        isCountedAsSeed = set.isFull();
        bits = ByteString.EMPTY;
        early = new int[0];
        earlyCount = 0;
        return true;
    }

    boolean isResolved() {
        return isResolved;
    }

    /// Adds a piece; false if the peer had it.
    boolean add(int pieceIndex) {
        return !set.isFull() && set.add(pieceIndex);
    }

    /// False for a piece there is none of, which a peer may well name.
    boolean contains(int pieceIndex) {
        return pieceIndex >= 0 && pieceIndex < set.pieceCount() && set.contains(pieceIndex);
    }

    boolean isFull() {
        return isResolved ? set.isFull() : first == First.ALL;
    }

    /// To be read only.
    PieceSet set() {
        return set;
    }

    double progress() {
        if (!isResolved || set.pieceCount() == 0) {
            return first == First.ALL ? 1 : 0;
        }
        return (double) set.size() / set.pieceCount();
    }
}
