package dev.starling.id;

import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/// Node ids tied to the address of their node (BEP 42), so that choosing one's place in the
/// keyspace takes owning many addresses.
///
/// The first 21 bits are a checksum of the masked address and of three random bits, which the last
/// byte repeats. Local addresses are exempt, as nobody outside can own them.
public final class SecureNodeId {

    private static final int PREFIX_BITS = 21;
    private static final int V4_MASK = 0x030f3fff;
    private static final long V6_MASK = 0x0103070f1f3f7fffL;

    private SecureNodeId() {}

    /// An id that fits `address`, otherwise random.
    public static Id derive(IpAddress address, RandomGenerator random) {
        return derive(address, random.nextInt(256), Id.random(random));
    }

    /// An id that fits `address`, ends in `lastByte` and is as `rest` between.
    static Id derive(IpAddress address, int lastByte, Id rest) {
        var checksum = new Id((long) checksum(address, lastByte & 7) << 32, 0, 0);
        var id = checksum.prefixed(PREFIX_BITS, rest);
        return new Id(id.high(), id.middle(), (id.low() & ~0xff) | (lastByte & 0xff));
    }

    /// Whether `id` may belong to a node at `address`.
    public static boolean matches(Id id, IpAddress address) {
        if (!address.isGlobal()) {
            return true;
        }
        int prefix = checksum(address, id.low() & 7);
        return ((int) (id.high() >>> 32) ^ prefix) >>> (32 - PREFIX_BITS) == 0;
    }

    private static int checksum(IpAddress address, int salt) {
        int octets = address.isV4() ? 4 : 8;
        long masked =
                address.isV4()
                        ? (address.v4Bits() & V4_MASK) | (long) salt << 29
                        : (address.high() & V6_MASK) | (long) salt << 61;
        var crc = new CRC32C();
        for (int i = octets - 1; i >= 0; i--) {
            crc.update((int) (masked >>> (8 * i)) & 0xff);
        }
        return (int) crc.getValue();
    }
}
