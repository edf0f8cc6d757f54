package dev.starling.crawler.walk;

import dev.starling.id.Id;

/// A part of the keyspace: all ids with the same first bits.
///
/// @param index the value of these bits
/// @param bits how many, 0 to [#MAX_BITS]
public record Zone(int index, int bits) {

    /// Zones of a network of ten thousand million nodes.
    public static final int MAX_BITS = 24;

    public Zone {
        if (bits < 0 || bits > MAX_BITS || index < 0 || index >= 1 << bits) {
            throw new IllegalArgumentException("zone " + index + " of " + bits + " bits");
        }
    }

    public boolean contains(Id id) {
        return bits == 0 || id.high() >>> (Long.SIZE - bits) == index;
    }

    /// The first id in it.
    public Id first() {
        return new Id(bits == 0 ? 0 : (long) index << (Long.SIZE - bits), 0, 0);
    }

    /// The id in it that ends as `tail` does.
    public Id point(Id tail) {
        return first().prefixed(bits, tail);
    }
}
