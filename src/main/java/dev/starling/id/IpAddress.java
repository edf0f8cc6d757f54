package dev.starling.id;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An IPv4 or IPv6 address as a value; IPv4 is held in its IPv6-mapped form (`::ffff:a.b.c.d`).
public record IpAddress(long high, long low) implements Comparable<IpAddress> {

    private static final long MAPPED = 0xffff_0000_0000L;

    public static IpAddress v4(int bits) {
        return new IpAddress(0, MAPPED | (bits & 0xffffffffL));
    }

    /// Reads 4 or 16 bytes; a mapped IPv4 address in 16 bytes becomes the IPv4 address.
    public static IpAddress of(byte[] bytes, int offset, int lengthBytes) {
        return switch (lengthBytes) {
            case 4 -> v4((int) big(bytes, offset, 4));
            case 16 -> new IpAddress(big(bytes, offset, 8), big(bytes, offset + 8, 8));
            default ->
                    throw new IllegalArgumentException(
                            "an address has 4 or 16 bytes, not " + lengthBytes);
        };
    }

    public static IpAddress of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /// Parses a literal address without ever asking a name server; empty for anything else.
    public static Optional<IpAddress> parse(String text) {
        return IpText.parse(text);
    }

    public boolean isV4() {
        return high == 0 && (low & 0xffff_ffff_0000_0000L) == MAPPED;
    }

    /// The 32 bits of an IPv4 address.
    public int v4Bits() {
        return (int) low;
    }

    /// 4 or 16 bytes.
    public int lengthBytes() {
        return isV4() ? 4 : 16;
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[lengthBytes()];
        copyTo(bytes, 0);
        return bytes;
    }

    /// Writes [#lengthBytes()] bytes at `offset`.
    public void copyTo(byte[] bytes, int offset) {
        if (isV4()) {
            putBig(bytes, offset, low, 4);
        } else {
            putBig(bytes, offset, high, 8);
            putBig(bytes, offset + 8, low, 8);
        }
    }

    /// The network this address lies in: /24 for IPv4 and /64 for IPv6, the unit by which few
    /// contacts are kept, because one party cheaply owns all of it.
    public IpAddress subnet() {
        return isV4() ? new IpAddress(high, low & ~0xffL) : new IpAddress(high, 0);
    }

    public boolean isUnspecified() {
        return isV4() ? v4Bits() == 0 : high == 0 && low == 0;
    }

    public boolean isLoopback() {
        return isV4() ? v4Bits() >>> 24 == 127 : high == 0 && low == 1;
    }

    public boolean isMulticast() {
        return isV4() ? v4Bits() >>> 28 == 0xe : high >>> 56 == 0xff;
    }

    public boolean isLinkLocal() {
        return isV4() ? v4Bits() >>> 16 == 0xa9fe : high >>> 54 == 0xfe80 >>> 6;
    }

    /// Private by RFC 1918, RFC 4193 (fc00::/7), shared by RFC 6598 (100.64/10), or set aside for
    /// benchmarks by RFC 2544 (198.18/15).
    public boolean isPrivate() {
        if (!isV4()) {
            return high >>> 57 == 0xfc >>> 1;
        }
        int bits = v4Bits();
        return bits >>> 24 == 10
                || bits >>> 20 == 0xac1
                || bits >>> 16 == 0xc0a8
                || bits >>> 22 == 0x6440 >>> 6
                || bits >>> 17 == 0xc612 >>> 1;
    }

    /// Whether a packet could ever be sent here as to a single host: not unspecified, not
    /// multicast, not broadcast or reserved (240/4), not 0/8.
    public boolean isUnicast() {
        if (isMulticast() || isUnspecified()) {
            return false;
        }
        return !isV4() || (v4Bits() >>> 24 != 0 && v4Bits() >>> 28 != 0xf);
    }

    /// Whether this address belongs to one machine or site and means nothing on the public
    /// Internet.
    public boolean isLocal() {
        return isLoopback() || isPrivate() || isLinkLocal();
    }

    /// Whether this address may be reached over the public Internet.
    public boolean isGlobal() {
        return isUnicast() && !isLocal();
    }

    @Override
    public int compareTo(IpAddress other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    /// The usual text: dotted quad, or compressed IPv6 (RFC 5952).
    @Override
    public String toString() {
        return IpText.format(this);
    }

    private static long big(byte[] bytes, int offset, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | (bytes[offset + i] & 0xff);
        }
        return value;
    }

    private static void putBig(byte[] bytes, int offset, long value, int count) {
        for (int i = 0; i < count; i++) {
            bytes[offset + i] = (byte) (value >>> (8 * (count - 1 - i)));
        }
    }

    // Written out: what a record is given is made of method handles, which cost a start dearly and
    // stay slow until they are compiled.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(high) + Long.hashCode(low);
    }
}
