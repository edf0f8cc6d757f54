package dev.starling.hash;

import static dev.starling.hash.LaneSpecies.INTS;
import static dev.starling.hash.LaneSpecies.LANES;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;

/// The 80 rounds of SHA-1 on one block of every lane (FIPS 180-4, section 6.1.2).
///
/// Word `i` of lane `j` is at `i * LANES + j` of an array. Four methods take 20 rounds each, five
/// in a turn of their loop, after which `a` to `e` have their old names again; the last 16 words of
/// the schedule are in `w0` to `w15`, which a turn shifts by five.
///
/// Why so and not shorter. HotSpot keeps vectors in registers only inside one compiled method. It
/// inlines the vector operations without fail but a method of ours only while the whole is small,
/// so the rounds call nothing; one call that is not inlined boxes every vector, at a hundredth of
/// the speed. A method of more than some 2,500 bytecodes never leaves the first compiler, with the
/// same effect: hence four. And a turn of five rounds is compiled in half the time of 20 in a row,
/// and runs as fast: to the processor, renaming registers is free.
final class Sha1Rounds extends Rounds {

    private static final int[] INITIAL = {
        0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0
    };

    private final int[] work = new int[INITIAL.length * LANES];

    Sha1Rounds() {
        super(INITIAL);
    }

    @Override
    void compress(int[] state, int[] words) {
        choose(state, work, words);
        parity(work, words);
        majority(work, words);
        lastParity(state, work, words);
    }

    /// Rounds 0 to 19.
    private static void choose(int[] state, int[] work, int[] words) {
        IntVector a = IntVector.fromArray(INTS, state, 0);
        IntVector b = IntVector.fromArray(INTS, state, LANES);
        IntVector c = IntVector.fromArray(INTS, state, 2 * LANES);
        IntVector d = IntVector.fromArray(INTS, state, 3 * LANES);
        IntVector e = IntVector.fromArray(INTS, state, 4 * LANES);
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
        IntVector k = IntVector.broadcast(INTS, 0x5a827999);
        for (int i = 0; i < 4; i++) {
            IntVector n0 =
                    w13.lanewise(XOR, w8).lanewise(XOR, w2).lanewise(XOR, w0).lanewise(ROL, 1);
            e =
                    e.add(w0)
                            .add(k)
                            .add(c.lanewise(XOR, d).lanewise(AND, b).lanewise(XOR, d))
                            .add(a.lanewise(ROL, 5));
            b = b.lanewise(ROL, 30);

            IntVector n1 =
                    w14.lanewise(XOR, w9).lanewise(XOR, w3).lanewise(XOR, w1).lanewise(ROL, 1);
            d =
                    d.add(w1)
                            .add(k)
                            .add(b.lanewise(XOR, c).lanewise(AND, a).lanewise(XOR, c))
                            .add(e.lanewise(ROL, 5));
            a = a.lanewise(ROL, 30);

            IntVector n2 =
                    w15.lanewise(XOR, w10).lanewise(XOR, w4).lanewise(XOR, w2).lanewise(ROL, 1);
            c =
                    c.add(w2)
                            .add(k)
                            .add(a.lanewise(XOR, b).lanewise(AND, e).lanewise(XOR, b))
                            .add(d.lanewise(ROL, 5));
            e = e.lanewise(ROL, 30);

            IntVector n3 =
                    n0.lanewise(XOR, w11).lanewise(XOR, w5).lanewise(XOR, w3).lanewise(ROL, 1);
            b =
                    b.add(w3)
                            .add(k)
                            .add(e.lanewise(XOR, a).lanewise(AND, d).lanewise(XOR, a))
                            .add(c.lanewise(ROL, 5));
            d = d.lanewise(ROL, 30);

            IntVector n4 =
                    n1.lanewise(XOR, w12).lanewise(XOR, w6).lanewise(XOR, w4).lanewise(ROL, 1);
            a =
                    a.add(w4)
                            .add(k)
                            .add(d.lanewise(XOR, e).lanewise(AND, c).lanewise(XOR, e))
                            .add(b.lanewise(ROL, 5));
            c = c.lanewise(ROL, 30);

            w0 = w5;
            w1 = w6;
            w2 = w7;
            w3 = w8;
            w4 = w9;
            w5 = w10;
            w6 = w11;
            w7 = w12;
            w8 = w13;
            w9 = w14;
            w10 = w15;
            w11 = n0;
            w12 = n1;
            w13 = n2;
            w14 = n3;
            w15 = n4;
        }
        a.intoArray(work, 0);
        b.intoArray(work, LANES);
        c.intoArray(work, 2 * LANES);
        d.intoArray(work, 3 * LANES);
        e.intoArray(work, 4 * LANES);
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

    /// Rounds 20 to 39.
    private static void parity(int[] work, int[] words) {
        IntVector a = IntVector.fromArray(INTS, work, 0);
        IntVector b = IntVector.fromArray(INTS, work, LANES);
        IntVector c = IntVector.fromArray(INTS, work, 2 * LANES);
        IntVector d = IntVector.fromArray(INTS, work, 3 * LANES);
        IntVector e = IntVector.fromArray(INTS, work, 4 * LANES);
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
        IntVector k = IntVector.broadcast(INTS, 0x6ed9eba1);
        for (int i = 0; i < 4; i++) {
            IntVector n0 =
                    w13.lanewise(XOR, w8).lanewise(XOR, w2).lanewise(XOR, w0).lanewise(ROL, 1);
            e = e.add(w0).add(k).add(b.lanewise(XOR, c).lanewise(XOR, d)).add(a.lanewise(ROL, 5));
            b = b.lanewise(ROL, 30);

            IntVector n1 =
                    w14.lanewise(XOR, w9).lanewise(XOR, w3).lanewise(XOR, w1).lanewise(ROL, 1);
            d = d.add(w1).add(k).add(a.lanewise(XOR, b).lanewise(XOR, c)).add(e.lanewise(ROL, 5));
            a = a.lanewise(ROL, 30);

            IntVector n2 =
                    w15.lanewise(XOR, w10).lanewise(XOR, w4).lanewise(XOR, w2).lanewise(ROL, 1);
            c = c.add(w2).add(k).add(e.lanewise(XOR, a).lanewise(XOR, b)).add(d.lanewise(ROL, 5));
            e = e.lanewise(ROL, 30);

            IntVector n3 =
                    n0.lanewise(XOR, w11).lanewise(XOR, w5).lanewise(XOR, w3).lanewise(ROL, 1);
            b = b.add(w3).add(k).add(d.lanewise(XOR, e).lanewise(XOR, a)).add(c.lanewise(ROL, 5));
            d = d.lanewise(ROL, 30);

            IntVector n4 =
                    n1.lanewise(XOR, w12).lanewise(XOR, w6).lanewise(XOR, w4).lanewise(ROL, 1);
            a = a.add(w4).add(k).add(c.lanewise(XOR, d).lanewise(XOR, e)).add(b.lanewise(ROL, 5));
            c = c.lanewise(ROL, 30);

            w0 = w5;
            w1 = w6;
            w2 = w7;
            w3 = w8;
            w4 = w9;
            w5 = w10;
            w6 = w11;
            w7 = w12;
            w8 = w13;
            w9 = w14;
            w10 = w15;
            w11 = n0;
            w12 = n1;
            w13 = n2;
            w14 = n3;
            w15 = n4;
        }
        a.intoArray(work, 0);
        b.intoArray(work, LANES);
        c.intoArray(work, 2 * LANES);
        d.intoArray(work, 3 * LANES);
        e.intoArray(work, 4 * LANES);
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

    /// Rounds 40 to 59.
    private static void majority(int[] work, int[] words) {
        IntVector a = IntVector.fromArray(INTS, work, 0);
        IntVector b = IntVector.fromArray(INTS, work, LANES);
        IntVector c = IntVector.fromArray(INTS, work, 2 * LANES);
        IntVector d = IntVector.fromArray(INTS, work, 3 * LANES);
        IntVector e = IntVector.fromArray(INTS, work, 4 * LANES);
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
        IntVector k = IntVector.broadcast(INTS, 0x8f1bbcdc);
        for (int i = 0; i < 4; i++) {
            IntVector n0 =
                    w13.lanewise(XOR, w8).lanewise(XOR, w2).lanewise(XOR, w0).lanewise(ROL, 1);
            IntVector f0 = b.lanewise(OR, c).lanewise(AND, d).lanewise(OR, b.lanewise(AND, c));
            e = e.add(w0).add(k).add(f0).add(a.lanewise(ROL, 5));
            b = b.lanewise(ROL, 30);

            IntVector n1 =
                    w14.lanewise(XOR, w9).lanewise(XOR, w3).lanewise(XOR, w1).lanewise(ROL, 1);
            IntVector f1 = a.lanewise(OR, b).lanewise(AND, c).lanewise(OR, a.lanewise(AND, b));
            d = d.add(w1).add(k).add(f1).add(e.lanewise(ROL, 5));
            a = a.lanewise(ROL, 30);

            IntVector n2 =
                    w15.lanewise(XOR, w10).lanewise(XOR, w4).lanewise(XOR, w2).lanewise(ROL, 1);
            IntVector f2 = e.lanewise(OR, a).lanewise(AND, b).lanewise(OR, e.lanewise(AND, a));
            c = c.add(w2).add(k).add(f2).add(d.lanewise(ROL, 5));
            e = e.lanewise(ROL, 30);

            IntVector n3 =
                    n0.lanewise(XOR, w11).lanewise(XOR, w5).lanewise(XOR, w3).lanewise(ROL, 1);
            IntVector f3 = d.lanewise(OR, e).lanewise(AND, a).lanewise(OR, d.lanewise(AND, e));
            b = b.add(w3).add(k).add(f3).add(c.lanewise(ROL, 5));
            d = d.lanewise(ROL, 30);

            IntVector n4 =
                    n1.lanewise(XOR, w12).lanewise(XOR, w6).lanewise(XOR, w4).lanewise(ROL, 1);
            IntVector f4 = c.lanewise(OR, d).lanewise(AND, e).lanewise(OR, c.lanewise(AND, d));
            a = a.add(w4).add(k).add(f4).add(b.lanewise(ROL, 5));
            c = c.lanewise(ROL, 30);

            w0 = w5;
            w1 = w6;
            w2 = w7;
            w3 = w8;
            w4 = w9;
            w5 = w10;
            w6 = w11;
            w7 = w12;
            w8 = w13;
            w9 = w14;
            w10 = w15;
            w11 = n0;
            w12 = n1;
            w13 = n2;
            w14 = n3;
            w15 = n4;
        }
        a.intoArray(work, 0);
        b.intoArray(work, LANES);
        c.intoArray(work, 2 * LANES);
        d.intoArray(work, 3 * LANES);
        e.intoArray(work, 4 * LANES);
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

    /// Rounds 60 to 79, which need only four new words, and what the block adds to the state.
    private static void lastParity(int[] state, int[] work, int[] words) {
        for (int at = 16 * LANES; at < 20 * LANES; at += LANES) {
            IntVector w3 = IntVector.fromArray(INTS, words, at - 3 * LANES);
            IntVector w8 = IntVector.fromArray(INTS, words, at - 8 * LANES);
            IntVector w14 = IntVector.fromArray(INTS, words, at - 14 * LANES);
            IntVector w16 = IntVector.fromArray(INTS, words, at - 16 * LANES);
            w3.lanewise(XOR, w8)
                    .lanewise(XOR, w14)
                    .lanewise(XOR, w16)
                    .lanewise(ROL, 1)
                    .intoArray(words, at);
        }
        IntVector a = IntVector.fromArray(INTS, work, 0);
        IntVector b = IntVector.fromArray(INTS, work, LANES);
        IntVector c = IntVector.fromArray(INTS, work, 2 * LANES);
        IntVector d = IntVector.fromArray(INTS, work, 3 * LANES);
        IntVector e = IntVector.fromArray(INTS, work, 4 * LANES);
        IntVector k = IntVector.broadcast(INTS, 0xca62c1d6);
        for (int at = 0; at < 20 * LANES; at += 5 * LANES) {
            e = e.add(IntVector.fromArray(INTS, words, at)).add(k);
            e = e.add(b.lanewise(XOR, c).lanewise(XOR, d)).add(a.lanewise(ROL, 5));
            b = b.lanewise(ROL, 30);

            d = d.add(IntVector.fromArray(INTS, words, at + LANES)).add(k);
            d = d.add(a.lanewise(XOR, b).lanewise(XOR, c)).add(e.lanewise(ROL, 5));
            a = a.lanewise(ROL, 30);

            c = c.add(IntVector.fromArray(INTS, words, at + 2 * LANES)).add(k);
            c = c.add(e.lanewise(XOR, a).lanewise(XOR, b)).add(d.lanewise(ROL, 5));
            e = e.lanewise(ROL, 30);

            b = b.add(IntVector.fromArray(INTS, words, at + 3 * LANES)).add(k);
            b = b.add(d.lanewise(XOR, e).lanewise(XOR, a)).add(c.lanewise(ROL, 5));
            d = d.lanewise(ROL, 30);

            a = a.add(IntVector.fromArray(INTS, words, at + 4 * LANES)).add(k);
            a = a.add(c.lanewise(XOR, d).lanewise(XOR, e)).add(b.lanewise(ROL, 5));
            c = c.lanewise(ROL, 30);
        }
        a.add(IntVector.fromArray(INTS, state, 0)).intoArray(state, 0);
        b.add(IntVector.fromArray(INTS, state, LANES)).intoArray(state, LANES);
        c.add(IntVector.fromArray(INTS, state, 2 * LANES)).intoArray(state, 2 * LANES);
        d.add(IntVector.fromArray(INTS, state, 3 * LANES)).intoArray(state, 3 * LANES);
        e.add(IntVector.fromArray(INTS, state, 4 * LANES)).intoArray(state, 4 * LANES);
    }
}
