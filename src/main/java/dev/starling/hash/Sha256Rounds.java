package dev.starling.hash;

import static dev.starling.hash.LaneSpecies.INTS;
import static dev.starling.hash.LaneSpecies.LANES;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;

/// The 64 rounds of SHA-256 on one block of every lane (FIPS 180-4, section 6.2.2), laid out and
/// cut into methods as [Sha1Rounds] is, for the same reasons: four rounds in a turn.
final class Sha256Rounds extends Rounds {

    private static final int[] INITIAL = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    private static final int[] K = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
                0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7,
                0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc,
                0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351,
                0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
                0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585,
                0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
                0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
                0xc67178f2,
    };

    private final int[] work = new int[INITIAL.length * LANES];

    Sha256Rounds() {
        super(INITIAL);
    }

    @Override
    void compress(int[] state, int[] words) {
        scheduled(state, work, words);
        last(state, work, words);
    }

    /// Rounds 0 to 47, each of which makes the word of 16 rounds later.
    private static void scheduled(int[] state, int[] work, int[] words) {
        IntVector a = IntVector.fromArray(INTS, state, 0);
        IntVector b = IntVector.fromArray(INTS, state, LANES);
        IntVector c = IntVector.fromArray(INTS, state, 2 * LANES);
        IntVector d = IntVector.fromArray(INTS, state, 3 * LANES);
        IntVector e = IntVector.fromArray(INTS, state, 4 * LANES);
        IntVector f = IntVector.fromArray(INTS, state, 5 * LANES);
        IntVector g = IntVector.fromArray(INTS, state, 6 * LANES);
        IntVector h = IntVector.fromArray(INTS, state, 7 * LANES);
        IntVector w0 = IntVector.fromArray(INTS, words, 0);
        IntVector w1 = IntVector.fromArray(INTS, words, LANES);
        IntVector w2 = IntVector.fromArray(INTS, words, 2 * LANES);
        IntVector w3 = IntVector.fromArray(INTS, words, 3 * LANES);
        IntVector w4 = IntVector.fromArray(INTS, words, 4 * LANES);
        IntVector w5 = IntVector.fromArray(INTS, words, 5 * LANES);
        IntVector w6 = IntVector.fromArray(INTS, words, 6 * LANES);
        IntVector w7 = IntVector.fromArray(INTS, words, 7 * LANES);
        IntVector w8 = IntVector.fromArray(INTS, words, 8 * LANES);
        IntVector w9 = IntVector.fromArray(INTS, words, 9 * LANES);
        IntVector w10 = IntVector.fromArray(INTS, words, 10 * LANES);
        IntVector w11 = IntVector.fromArray(INTS, words, 11 * LANES);
        IntVector w12 = IntVector.fromArray(INTS, words, 12 * LANES);
        IntVector w13 = IntVector.fromArray(INTS, words, 13 * LANES);
        IntVector w14 = IntVector.fromArray(INTS, words, 14 * LANES);
        IntVector w15 = IntVector.fromArray(INTS, words, 15 * LANES);
        for (int t = 0; t < 48; t += 4) {
            IntVector n0 =
                    w1.lanewise(ROL, 25)
                            .lanewise(XOR, w1.lanewise(ROL, 14))
                            .lanewise(XOR, w1.lanewise(LSHR, 3));
            n0 =
                    n0.add(
                            w14.lanewise(ROL, 15)
                                    .lanewise(XOR, w14.lanewise(ROL, 13))
                                    .lanewise(XOR, w14.lanewise(LSHR, 10)));
            n0 = n0.add(w0).add(w9);
            h = h.add(w0);
            h = h.add(IntVector.broadcast(INTS, K[t]));
            h = h.add(f.lanewise(XOR, g).lanewise(AND, e).lanewise(XOR, g));
            h =
                    h.add(
                            e.lanewise(ROL, 26)
                                    .lanewise(XOR, e.lanewise(ROL, 21))
                                    .lanewise(XOR, e.lanewise(ROL, 7)));
            d = d.add(h);
            h =
                    h.add(
                            a.lanewise(ROL, 30)
                                    .lanewise(XOR, a.lanewise(ROL, 19))
                                    .lanewise(XOR, a.lanewise(ROL, 10)));
            h = h.add(a.lanewise(OR, b).lanewise(AND, c).lanewise(OR, a.lanewise(AND, b)));

            IntVector n1 =
                    w2.lanewise(ROL, 25)
                            .lanewise(XOR, w2.lanewise(ROL, 14))
                            .lanewise(XOR, w2.lanewise(LSHR, 3));
            n1 =
                    n1.add(
                            w15.lanewise(ROL, 15)
                                    .lanewise(XOR, w15.lanewise(ROL, 13))
                                    .lanewise(XOR, w15.lanewise(LSHR, 10)));
            n1 = n1.add(w1).add(w10);
            g = g.add(w1);
            g = g.add(IntVector.broadcast(INTS, K[t + 1]));
            g = g.add(e.lanewise(XOR, f).lanewise(AND, d).lanewise(XOR, f));
            g =
                    g.add(
                            d.lanewise(ROL, 26)
                                    .lanewise(XOR, d.lanewise(ROL, 21))
                                    .lanewise(XOR, d.lanewise(ROL, 7)));
            c = c.add(g);
            g =
                    g.add(
                            h.lanewise(ROL, 30)
                                    .lanewise(XOR, h.lanewise(ROL, 19))
                                    .lanewise(XOR, h.lanewise(ROL, 10)));
            g = g.add(h.lanewise(OR, a).lanewise(AND, b).lanewise(OR, h.lanewise(AND, a)));

            IntVector n2 =
                    w3.lanewise(ROL, 25)
                            .lanewise(XOR, w3.lanewise(ROL, 14))
                            .lanewise(XOR, w3.lanewise(LSHR, 3));
            n2 =
                    n2.add(
                            n0.lanewise(ROL, 15)
                                    .lanewise(XOR, n0.lanewise(ROL, 13))
                                    .lanewise(XOR, n0.lanewise(LSHR, 10)));
            n2 = n2.add(w2).add(w11);
            f = f.add(w2);
            f = f.add(IntVector.broadcast(INTS, K[t + 2]));
            f = f.add(d.lanewise(XOR, e).lanewise(AND, c).lanewise(XOR, e));
            f =
                    f.add(
                            c.lanewise(ROL, 26)
                                    .lanewise(XOR, c.lanewise(ROL, 21))
                                    .lanewise(XOR, c.lanewise(ROL, 7)));
            b = b.add(f);
            f =
                    f.add(
                            g.lanewise(ROL, 30)
                                    .lanewise(XOR, g.lanewise(ROL, 19))
                                    .lanewise(XOR, g.lanewise(ROL, 10)));
            f = f.add(g.lanewise(OR, h).lanewise(AND, a).lanewise(OR, g.lanewise(AND, h)));

            IntVector n3 =
                    w4.lanewise(ROL, 25)
                            .lanewise(XOR, w4.lanewise(ROL, 14))
                            .lanewise(XOR, w4.lanewise(LSHR, 3));
            n3 =
                    n3.add(
                            n1.lanewise(ROL, 15)
                                    .lanewise(XOR, n1.lanewise(ROL, 13))
                                    .lanewise(XOR, n1.lanewise(LSHR, 10)));
            n3 = n3.add(w3).add(w12);
            e = e.add(w3);
            e = e.add(IntVector.broadcast(INTS, K[t + 3]));
            e = e.add(c.lanewise(XOR, d).lanewise(AND, b).lanewise(XOR, d));
            e =
                    e.add(
                            b.lanewise(ROL, 26)
                                    .lanewise(XOR, b.lanewise(ROL, 21))
                                    .lanewise(XOR, b.lanewise(ROL, 7)));
            a = a.add(e);
            e =
                    e.add(
                            f.lanewise(ROL, 30)
                                    .lanewise(XOR, f.lanewise(ROL, 19))
                                    .lanewise(XOR, f.lanewise(ROL, 10)));
            e = e.add(f.lanewise(OR, g).lanewise(AND, h).lanewise(OR, f.lanewise(AND, g)));

            w0 = w4;
            w1 = w5;
            w2 = w6;
            w3 = w7;
            w4 = w8;
            w5 = w9;
            w6 = w10;
            w7 = w11;
            w8 = w12;
            w9 = w13;
            w10 = w14;
            w11 = w15;
            w12 = n0;
            w13 = n1;
            w14 = n2;
            w15 = n3;
            IntVector a4 = a;
            a = e;
            e = a4;
            IntVector b4 = b;
            b = f;
            f = b4;
            IntVector c4 = c;
            c = g;
            g = c4;
            IntVector d4 = d;
            d = h;
            h = d4;
        }
        a.intoArray(work, 0);
        b.intoArray(work, LANES);
        c.intoArray(work, 2 * LANES);
        d.intoArray(work, 3 * LANES);
        e.intoArray(work, 4 * LANES);
        f.intoArray(work, 5 * LANES);
        g.intoArray(work, 6 * LANES);
        h.intoArray(work, 7 * LANES);
        w0.intoArray(words, 0);
        w1.intoArray(words, LANES);
        w2.intoArray(words, 2 * LANES);
        w3.intoArray(words, 3 * LANES);
        w4.intoArray(words, 4 * LANES);
        w5.intoArray(words, 5 * LANES);
        w6.intoArray(words, 6 * LANES);
        w7.intoArray(words, 7 * LANES);
        w8.intoArray(words, 8 * LANES);
        w9.intoArray(words, 9 * LANES);
        w10.intoArray(words, 10 * LANES);
        w11.intoArray(words, 11 * LANES);
        w12.intoArray(words, 12 * LANES);
        w13.intoArray(words, 13 * LANES);
        w14.intoArray(words, 14 * LANES);
        w15.intoArray(words, 15 * LANES);
    }

    /// Rounds 48 to 63, and what the block adds to the state.
    private static void last(int[] state, int[] work, int[] words) {
        IntVector a = IntVector.fromArray(INTS, work, 0);
        IntVector b = IntVector.fromArray(INTS, work, LANES);
        IntVector c = IntVector.fromArray(INTS, work, 2 * LANES);
        IntVector d = IntVector.fromArray(INTS, work, 3 * LANES);
        IntVector e = IntVector.fromArray(INTS, work, 4 * LANES);
        IntVector f = IntVector.fromArray(INTS, work, 5 * LANES);
        IntVector g = IntVector.fromArray(INTS, work, 6 * LANES);
        IntVector h = IntVector.fromArray(INTS, work, 7 * LANES);
        for (int t = 0; t < 16; t += 4) {
            h = h.add(IntVector.fromArray(INTS, words, t * LANES));
            h = h.add(IntVector.broadcast(INTS, K[t + 48]));
            h = h.add(f.lanewise(XOR, g).lanewise(AND, e).lanewise(XOR, g));
            h =
                    h.add(
                            e.lanewise(ROL, 26)
                                    .lanewise(XOR, e.lanewise(ROL, 21))
                                    .lanewise(XOR, e.lanewise(ROL, 7)));
            d = d.add(h);
            h =
                    h.add(
                            a.lanewise(ROL, 30)
                                    .lanewise(XOR, a.lanewise(ROL, 19))
                                    .lanewise(XOR, a.lanewise(ROL, 10)));
            h = h.add(a.lanewise(OR, b).lanewise(AND, c).lanewise(OR, a.lanewise(AND, b)));

            g = g.add(IntVector.fromArray(INTS, words, (t + 1) * LANES));
            g = g.add(IntVector.broadcast(INTS, K[t + 49]));
            g = g.add(e.lanewise(XOR, f).lanewise(AND, d).lanewise(XOR, f));
            g =
                    g.add(
                            d.lanewise(ROL, 26)
                                    .lanewise(XOR, d.lanewise(ROL, 21))
                                    .lanewise(XOR, d.lanewise(ROL, 7)));
            c = c.add(g);
            g =
                    g.add(
                            h.lanewise(ROL, 30)
                                    .lanewise(XOR, h.lanewise(ROL, 19))
                                    .lanewise(XOR, h.lanewise(ROL, 10)));
            g = g.add(h.lanewise(OR, a).lanewise(AND, b).lanewise(OR, h.lanewise(AND, a)));

            f = f.add(IntVector.fromArray(INTS, words, (t + 2) * LANES));
            f = f.add(IntVector.broadcast(INTS, K[t + 50]));
            f = f.add(d.lanewise(XOR, e).lanewise(AND, c).lanewise(XOR, e));
            f =
                    f.add(
                            c.lanewise(ROL, 26)
                                    .lanewise(XOR, c.lanewise(ROL, 21))
                                    .lanewise(XOR, c.lanewise(ROL, 7)));
            b = b.add(f);
            f =
                    f.add(
                            g.lanewise(ROL, 30)
                                    .lanewise(XOR, g.lanewise(ROL, 19))
                                    .lanewise(XOR, g.lanewise(ROL, 10)));
            f = f.add(g.lanewise(OR, h).lanewise(AND, a).lanewise(OR, g.lanewise(AND, h)));

            e = e.add(IntVector.fromArray(INTS, words, (t + 3) * LANES));
            e = e.add(IntVector.broadcast(INTS, K[t + 51]));
            e = e.add(c.lanewise(XOR, d).lanewise(AND, b).lanewise(XOR, d));
            e =
                    e.add(
                            b.lanewise(ROL, 26)
                                    .lanewise(XOR, b.lanewise(ROL, 21))
                                    .lanewise(XOR, b.lanewise(ROL, 7)));
            a = a.add(e);
            e =
                    e.add(
                            f.lanewise(ROL, 30)
                                    .lanewise(XOR, f.lanewise(ROL, 19))
                                    .lanewise(XOR, f.lanewise(ROL, 10)));
            e = e.add(f.lanewise(OR, g).lanewise(AND, h).lanewise(OR, f.lanewise(AND, g)));

            IntVector a4 = a;
            a = e;
            e = a4;
            IntVector b4 = b;
            b = f;
            f = b4;
            IntVector c4 = c;
            c = g;
            g = c4;
            IntVector d4 = d;
            d = h;
            h = d4;
        }
        a.add(IntVector.fromArray(INTS, state, 0)).intoArray(state, 0);
        b.add(IntVector.fromArray(INTS, state, LANES)).intoArray(state, LANES);
        c.add(IntVector.fromArray(INTS, state, 2 * LANES)).intoArray(state, 2 * LANES);
        d.add(IntVector.fromArray(INTS, state, 3 * LANES)).intoArray(state, 3 * LANES);
        e.add(IntVector.fromArray(INTS, state, 4 * LANES)).intoArray(state, 4 * LANES);
        f.add(IntVector.fromArray(INTS, state, 5 * LANES)).intoArray(state, 5 * LANES);
        g.add(IntVector.fromArray(INTS, state, 6 * LANES)).intoArray(state, 6 * LANES);
        h.add(IntVector.fromArray(INTS, state, 7 * LANES)).intoArray(state, 7 * LANES);
    }
}
