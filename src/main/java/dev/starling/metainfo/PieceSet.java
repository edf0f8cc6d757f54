package dev.starling.metainfo;

import java.util.Arrays;

/// A set of pieces out of a fixed count: what one has, wants or offers. Mutable; confined to its
/// owner.
///
/// Its bytes are those of a `bitfield` message (BEP 3): piece 0 is the high bit of the first byte.
public final class PieceSet {

    private final int pieceCount;
    private final long[] words;
    private int size;

    public PieceSet(int pieceCount) {
        if (pieceCount < 0) {
            throw new IllegalArgumentException("piece count " + pieceCount + " is negative");
        }
        this.pieceCount = pieceCount;
        this.words = new long[(pieceCount + 63) >>> 6];
    }

    public PieceSet copy() {
        var copy = new PieceSet(pieceCount);
        System.arraycopy(words, 0, copy.words, 0, words.length);
        copy.size = size;
        return copy;
    }

    public static PieceSet full(int pieceCount) {
        var set = new PieceSet(pieceCount);
        for (int index = 0; index < pieceCount; index++) {
            set.add(index);
        }
        return set;
    }

    /// Whether `bytes` is a bitfield for `pieceCount` pieces: the right length and no spare bit
    /// set.
    public static boolean isBitfield(byte[] bytes, int pieceCount) {
        if (bytes.length != (pieceCount + 7) / 8) {
            return false;
        }
        int spareBits = bytes.length * 8 - pieceCount;
        return spareBits == 0 || (bytes[bytes.length - 1] & (1 << spareBits) - 1) == 0;
    }

    /// Reads a bitfield that [#isBitfield] accepts.
    public static PieceSet ofBitfield(byte[] bytes, int pieceCount) {
        if (!isBitfield(bytes, pieceCount)) {
            throw new IllegalArgumentException("no bitfield of " + pieceCount + " pieces");
        }
        var set = new PieceSet(pieceCount);
        for (int index = 0; index < pieceCount; index++) {
            if ((bytes[index >>> 3] & 0x80 >>> (index & 7)) != 0) {
                set.add(index);
            }
        }
        return set;
    }

    public byte[] toBitfield() {
        byte[] bytes = new byte[(pieceCount + 7) / 8];
        for (int index = next(0); index >= 0; index = next(index + 1)) {
            bytes[index >>> 3] |= (byte) (0x80 >>> (index & 7));
        }
        return bytes;
    }

    /// How many pieces there are to choose from.
    public int pieceCount() {
        return pieceCount;
    }

    /// How many pieces are in the set.
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public boolean isFull() {
        return size == pieceCount;
    }

    public boolean contains(int index) {
        check(index);
        return (words[index >>> 6] & 1L << index) != 0;
    }

    /// Adds a piece; false if it was there.
    public boolean add(int index) {
        if (contains(index)) {
            return false;
        }
        words[index >>> 6] |= 1L << index;
        size++;
        return true;
    }

    /// Removes a piece; false if it was not there.
    public boolean remove(int index) {
        if (!contains(index)) {
            return false;
        }
        words[index >>> 6] &= ~(1L << index);
        size--;
        return true;
    }

    /// The first piece in the set at or after `from`, or -1.
    public int next(int from) {
        if (from >= pieceCount) {
            return -1;
        }
        int word = from >>> 6;
        long bits = words[word] & -1L << from;
        while (bits == 0) {
            if (++word == words.length) {
                return -1;
            }
            bits = words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /// The first piece in both sets at or after `from`, or -1; both of the same piece count.
    public int nextShared(PieceSet other, int from) {
        if (from >= pieceCount) {
            return -1;
        }
        int word = from >>> 6;
        long bits = words[word] & other.words[word] & -1L << from;
        while (bits == 0) {
            if (++word == words.length) {
                return -1;
            }
            bits = words[word] & other.words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /// Whether this set has a piece that `other` lacks; both of the same piece count.
    public boolean hasAnyMissingFrom(PieceSet other) {
        for (int i = 0; i < words.length; i++) {
            if ((words[i] & ~other.words[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    private void check(int index) {
        if (index < 0 || index >= pieceCount) {
            throw new IndexOutOfBoundsException("piece " + index + " of " + pieceCount);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PieceSet that
                && pieceCount == that.pieceCount
                && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return size + " of " + pieceCount + " pieces";
    }
}
