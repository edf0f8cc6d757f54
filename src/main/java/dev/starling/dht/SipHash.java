package dev.starling.dht;

import java.util.random.RandomGenerator;

/// SipHash-2-4 of sixteen bytes under a secret key (Aumasson and Bernstein 2012): short, quick, and
/// not to be predicted by whoever does not know the key.
record SipHash(long key0, long key1) {

    static SipHash random(RandomGenerator random) {
        return new SipHash(random.nextLong(), random.nextLong());
    }

    /// The hash of two little-endian words.
    long hash(long first, long second) {
        long[] v = {
            key0 ^ 0x736f6d6570736575L,
            key1 ^ 0x646f72616e646f6dL,
            key0 ^ 0x6c7967656e657261L,
            key1 ^ 0x7465646279746573L
        };
        absorb(v, first);
        absorb(v, second);
        absorb(v, 16L << 56); // the length ends the message
        v[2] ^= 0xff;
        for (int i = 0; i < 4; i++) {
            round(v);
        }
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void absorb(long[] v, long word) {
        v[3] ^= word;
        round(v);
        round(v);
        v[0] ^= word;
    }

    private static void round(long[] v) {
        v[0] += v[1];
        v[2] += v[3];
        v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
        v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
        v[0] = Long.rotateLeft(v[0], 32);
        v[2] += v[1];
        v[0] += v[3];
        v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
        v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
        v[2] = Long.rotateLeft(v[2], 32);
    }
}
