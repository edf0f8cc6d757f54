package dev.starling.dht;

import dev.starling.bencode.ByteString;
import dev.starling.hash.Sha1;
import dev.starling.id.IpAddress;
import java.util.Optional;

/// A bloom filter of IP addresses (BEP 33, "Bloom Filters"): how many there are can be estimated,
/// and the filters of several nodes merge into that of the union. Mutable; confined to its owner.
public final class AddressFilter {

    public static final int LENGTH_BYTES = 256;

    /// m of the BEP.
    private static final int BITS = 8 * LENGTH_BYTES;

    /// k of the BEP: bits that each address sets.
    private static final int BITS_PER_ADDRESS = 2;

    private final byte[] bits = new byte[LENGTH_BYTES];

    public AddressFilter() {}

    /// A filter off the network; empty unless it has 256 bytes.
    public static Optional<AddressFilter> of(ByteString bytes) {
        if (bytes.lengthBytes() != LENGTH_BYTES) {
            return Optional.empty();
        }
        var filter = new AddressFilter();
        bytes.copyTo(filter.bits, 0);
        return Optional.of(filter);
    }

    public void add(IpAddress address) {
        byte[] digest = Sha1.of(address.toBytes());
        set((digest[0] & 0xff) | (digest[1] & 0xff) << 8);
        set((digest[2] & 0xff) | (digest[3] & 0xff) << 8);
    }

    /// Whether it holds the address, or others that set the same bits.
    public boolean mayContain(IpAddress address) {
        byte[] digest = Sha1.of(address.toBytes());
        return isSet((digest[0] & 0xff) | (digest[1] & 0xff) << 8)
                && isSet((digest[2] & 0xff) | (digest[3] & 0xff) << 8);
    }

    /// Takes in what another filter holds.
    public void merge(AddressFilter other) {
        for (int i = 0; i < LENGTH_BYTES; i++) {
            bits[i] |= other.bits[i];
        }
    }

    /// How many addresses it most likely holds; of little worth beyond 6,000, where few bits are
    /// left.
    public double estimate() {
        int zeroes = Math.clamp(zeroBits(), 1, BITS - 1);
        if (zeroBits() == BITS) {
            return 0;
        }
        return Math.log((double) zeroes / BITS) / (BITS_PER_ADDRESS * Math.log1p(-1.0 / BITS));
    }

    /// The standard error of [#estimate()]: by how much it is off in two cases of three.
    ///
    /// The count of zero bits varies as in throwing balls into bins, with variance m e^-a (1 - (1 +
    /// a) e^-a) at a load of a = k n / m (Whang, Vander-Zanden and Taylor 1990, linear counting).
    public double standardError() {
        double load = BITS_PER_ADDRESS * estimate() / BITS;
        double variance = BITS * (Math.exp(load) - load - 1);
        return Math.sqrt(variance) / BITS_PER_ADDRESS;
    }

    public ByteString bytes() {
        return ByteString.of(bits);
    }

    private int zeroBits() {
        int ones = 0;
        for (byte eight : bits) {
            ones += Integer.bitCount(eight & 0xff);
        }
        return BITS - ones;
    }

    private void set(int index) {
        bits[index % BITS / 8] |= (byte) (1 << index % 8);
    }

    private boolean isSet(int index) {
        return (bits[index % BITS / 8] >>> index % 8 & 1) != 0;
    }
}
