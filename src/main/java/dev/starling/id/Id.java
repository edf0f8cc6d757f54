package dev.starling.id;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A point in the 160-bit keyspace of Kademlia: a node id, an infohash or the target of a lookup.
///
/// Ordered as an unsigned big-endian number. The distance of two points is their exclusive or (BEP
/// 5, "Overview").
public record Id(long high, long middle, int low) implements Comparable<Id> {

    public static final int LENGTH_BYTES = 20;
    public static final int LENGTH_BITS = 160;
    public static final Id ZERO = new Id(0, 0, 0);

    /// Reads twenty bytes from `offset` on.
    public static Id of(byte[] bytes, int offset) {
        return new Id(
                readLong(bytes, offset), readLong(bytes, offset + 8), readInt(bytes, offset + 16));
    }

    /// Reads an id from exactly twenty bytes.
    public static Id of(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("an id has 20 bytes, not " + bytes.length);
        }
        return of(bytes, 0);
    }

    /// Parses forty hexadecimal digits in either case; empty for anything else.
    public static Optional<Id> parseHex(String text) {
        if (text.length() != 2 * LENGTH_BYTES) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(of(HexFormat.of().parseHex(text)));
    }

    public static Id random(RandomGenerator random) {
        return new Id(random.nextLong(), random.nextLong(), random.nextInt());
    }

    /// The distance to `other`, itself a point: the exclusive or.
    public Id xor(Id other) {
        return new Id(high ^ other.high, middle ^ other.middle, low ^ other.low);
    }

    /// How many leading bits this and `other` share, 0 to 160.
    public int sharedPrefixBits(Id other) {
        long difference = high ^ other.high;
        if (difference != 0) {
            return Long.numberOfLeadingZeros(difference);
        }
        difference = middle ^ other.middle;
        if (difference != 0) {
            return 64 + Long.numberOfLeadingZeros(difference);
        }
        return 128 + Integer.numberOfLeadingZeros(low ^ other.low);
    }

    /// Compares the distances of `a` and `b` to this target: negative when `a` is closer.
    public int compareDistance(Id a, Id b) {
        int order = Long.compareUnsigned(high ^ a.high, high ^ b.high);
        if (order != 0) {
            return order;
        }
        order = Long.compareUnsigned(middle ^ a.middle, middle ^ b.middle);
        return order != 0 ? order : Integer.compareUnsigned(low ^ a.low, low ^ b.low);
    }

    /// The bit at `index`, counted from the most significant, 0 to 159.
    public boolean bit(int index) {
        if (index < 64) {
            return (high >>> (63 - index) & 1) != 0;
        }
        if (index < 128) {
            return (middle >>> (127 - index) & 1) != 0;
        }
        return (low >>> (159 - index) & 1) != 0;
    }

    /// The first `bits` bits of this id followed by the rest of `tail`.
    public Id prefixed(int bits, Id tail) {
        long highMask = bits >= 64 ? -1L : bits <= 0 ? 0 : -1L << (64 - bits);
        long middleMask = bits >= 128 ? -1L : bits <= 64 ? 0 : -1L << (128 - bits);
        int lowMask = bits >= 160 ? -1 : bits <= 128 ? 0 : -1 << (160 - bits);
        return new Id(
                (high & highMask) | (tail.high & ~highMask),
                (middle & middleMask) | (tail.middle & ~middleMask),
                (low & lowMask) | (tail.low & ~lowMask));
    }

    /// This id with the bit at `index` inverted.
    public Id flipped(int index) {
        if (index < 64) {
            return new Id(high ^ 1L << (63 - index), middle, low);
        }
        if (index < 128) {
            return new Id(high, middle ^ 1L << (127 - index), low);
        }
        return new Id(high, middle, low ^ 1 << (159 - index));
    }

    /// Whether these are the twenty bytes at `offset`.
    public boolean isAt(byte[] bytes, int offset) {
        return readLong(bytes, offset) == high
                && readLong(bytes, offset + 8) == middle
                && readInt(bytes, offset + 16) == low;
    }

    /// Writes the twenty bytes at `offset`.
    public void copyTo(byte[] bytes, int offset) {
        for (int i = 0; i < 8; i++) {
            bytes[offset + i] = (byte) (high >>> (56 - 8 * i));
            bytes[offset + 8 + i] = (byte) (middle >>> (56 - 8 * i));
        }
        for (int i = 0; i < 4; i++) {
            bytes[offset + 16 + i] = (byte) (low >>> (24 - 8 * i));
        }
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[LENGTH_BYTES];
        copyTo(bytes, 0);
        return bytes;
    }

    /// Forty lower-case hexadecimal digits.
    public String hex() {
        return HexFormat.of().formatHex(toBytes());
    }

    @Override
    public int compareTo(Id other) {
        return ZERO.compareDistance(this, other);
    }

    @Override
    public String toString() {
        return hex();
    }

    private static long readLong(byte[] bytes, int offset) {
        return (long) readInt(bytes, offset) << 32 | (readInt(bytes, offset + 4) & 0xffffffffL);
    }

    private static int readInt(byte[] bytes, int offset) {
        return bytes[offset] << 24
                | (bytes[offset + 1] & 0xff) << 16
                | (bytes[offset + 2] & 0xff) << 8
                | (bytes[offset + 3] & 0xff);
    }

    // Written out: what a record is given is made of method handles, which cost a start dearly and
    // stay slow until they are compiled.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Id that
                && high == that.high
                && middle == that.middle
                && low == that.low;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(high) + Long.hashCode(middle)) + low;
    }
}
