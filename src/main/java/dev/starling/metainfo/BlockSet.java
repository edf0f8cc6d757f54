package dev.starling.metainfo;

import java.util.BitSet;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Blocks of pieces that are under way: some of their bytes are there, none is verified. Immutable.
public final class BlockSet {

    public static final BlockSet EMPTY = new BlockSet(new TreeMap<>());

    private final SortedMap<Integer, BitSet> blocks;

    private BlockSet(SortedMap<Integer, BitSet> blocks) {
        this.blocks = blocks;
    }

    /// A copy of what is given.
    ///
    /// @param blocks by piece the indexes of its blocks
    public static BlockSet of(Map<Integer, BitSet> blocks) {
        var copy = new TreeMap<Integer, BitSet>();
        blocks.forEach((piece, indexes) -> copy.put(piece, (BitSet) indexes.clone()));
        copy.values().removeIf(BitSet::isEmpty);
        return new BlockSet(copy);
    }

    /// The pieces that have a block here, in ascending order.
    public Set<Integer> pieces() {
        return Collections.unmodifiableSet(blocks.keySet());
    }

    /// The indexes of a piece's blocks; none where the piece is not here.
    public BitSet of(int pieceIndex) {
        var indexes = blocks.get(pieceIndex);
        return indexes == null ? new BitSet() : (BitSet) indexes.clone();
    }

    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockSet that && blocks.equals(that.blocks);
    }

    @Override
    public int hashCode() {
        return blocks.hashCode();
    }

    @Override
    public String toString() {
        return blocks.toString();
    }
}
