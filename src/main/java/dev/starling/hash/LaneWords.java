package dev.starling.hash;

import static dev.starling.hash.LaneSpecies.INTS;
import static dev.starling.hash.LaneSpecies.LANES;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.REVERSE_BYTES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;

/// Turns a block of each of 16 messages into words that lie lane beside lane.
///
/// A block is loaded as one row of 16 words. Transposing the rows takes a stage for each distance
/// 1, 2, 4 and 8: two rows at that distance swap the upper words of one with the lower words of the
/// other, upper and lower by that bit of a word's index. Everything stays in registers, and nothing
/// is called, for the reason given in [Sha1Rounds].
final class LaneWords {

    private static final IntVector LOW_1 = low(1);
    private static final IntVector HIGH_1 = high(1);
    private static final IntVector LOW_2 = low(2);
    private static final IntVector HIGH_2 = high(2);
    private static final IntVector LOW_4 = low(4);
    private static final IntVector HIGH_4 = high(4);
    private static final IntVector LOW_8 = low(8);
    private static final IntVector HIGH_8 = high(8);

    private LaneWords() {}

    /// Reads the 64 bytes at `at` of each message.
    ///
    /// @param starts where in `data` each lane's message begins
    /// @param words where the 16 words of every lane go
    static void load(MemorySegment data, long[] starts, long at, int[] words) {

        IntVector r0 = IntVector.fromMemorySegment(INTS, data, starts[0] + at, LITTLE_ENDIAN);
        IntVector r1 = IntVector.fromMemorySegment(INTS, data, starts[1] + at, LITTLE_ENDIAN);
        IntVector r2 = IntVector.fromMemorySegment(INTS, data, starts[2] + at, LITTLE_ENDIAN);
        IntVector r3 = IntVector.fromMemorySegment(INTS, data, starts[3] + at, LITTLE_ENDIAN);
        IntVector r4 = IntVector.fromMemorySegment(INTS, data, starts[4] + at, LITTLE_ENDIAN);
        IntVector r5 = IntVector.fromMemorySegment(INTS, data, starts[5] + at, LITTLE_ENDIAN);
        IntVector r6 = IntVector.fromMemorySegment(INTS, data, starts[6] + at, LITTLE_ENDIAN);
        IntVector r7 = IntVector.fromMemorySegment(INTS, data, starts[7] + at, LITTLE_ENDIAN);
        IntVector r8 = IntVector.fromMemorySegment(INTS, data, starts[8] + at, LITTLE_ENDIAN);
        IntVector r9 = IntVector.fromMemorySegment(INTS, data, starts[9] + at, LITTLE_ENDIAN);
        IntVector r10 = IntVector.fromMemorySegment(INTS, data, starts[10] + at, LITTLE_ENDIAN);
        IntVector r11 = IntVector.fromMemorySegment(INTS, data, starts[11] + at, LITTLE_ENDIAN);
        IntVector r12 = IntVector.fromMemorySegment(INTS, data, starts[12] + at, LITTLE_ENDIAN);
        IntVector r13 = IntVector.fromMemorySegment(INTS, data, starts[13] + at, LITTLE_ENDIAN);
        IntVector r14 = IntVector.fromMemorySegment(INTS, data, starts[14] + at, LITTLE_ENDIAN);
        IntVector r15 = IntVector.fromMemorySegment(INTS, data, starts[15] + at, LITTLE_ENDIAN);

        IntVector a0 = LOW_1.selectFrom(r0, r1);
        IntVector a1 = HIGH_1.selectFrom(r0, r1);
        IntVector a2 = LOW_1.selectFrom(r2, r3);
        IntVector a3 = HIGH_1.selectFrom(r2, r3);
        IntVector a4 = LOW_1.selectFrom(r4, r5);
        IntVector a5 = HIGH_1.selectFrom(r4, r5);
        IntVector a6 = LOW_1.selectFrom(r6, r7);
        IntVector a7 = HIGH_1.selectFrom(r6, r7);
        IntVector a8 = LOW_1.selectFrom(r8, r9);
        IntVector a9 = HIGH_1.selectFrom(r8, r9);
        IntVector a10 = LOW_1.selectFrom(r10, r11);
        IntVector a11 = HIGH_1.selectFrom(r10, r11);
        IntVector a12 = LOW_1.selectFrom(r12, r13);
        IntVector a13 = HIGH_1.selectFrom(r12, r13);
        IntVector a14 = LOW_1.selectFrom(r14, r15);
        IntVector a15 = HIGH_1.selectFrom(r14, r15);

        IntVector b0 = LOW_2.selectFrom(a0, a2);
        IntVector b1 = LOW_2.selectFrom(a1, a3);
        IntVector b2 = HIGH_2.selectFrom(a0, a2);
        IntVector b3 = HIGH_2.selectFrom(a1, a3);
        IntVector b4 = LOW_2.selectFrom(a4, a6);
        IntVector b5 = LOW_2.selectFrom(a5, a7);
        IntVector b6 = HIGH_2.selectFrom(a4, a6);
        IntVector b7 = HIGH_2.selectFrom(a5, a7);
        IntVector b8 = LOW_2.selectFrom(a8, a10);
        IntVector b9 = LOW_2.selectFrom(a9, a11);
        IntVector b10 = HIGH_2.selectFrom(a8, a10);
        IntVector b11 = HIGH_2.selectFrom(a9, a11);
        IntVector b12 = LOW_2.selectFrom(a12, a14);
        IntVector b13 = LOW_2.selectFrom(a13, a15);
        IntVector b14 = HIGH_2.selectFrom(a12, a14);
        IntVector b15 = HIGH_2.selectFrom(a13, a15);

        IntVector c0 = LOW_4.selectFrom(b0, b4);
        IntVector c1 = LOW_4.selectFrom(b1, b5);
        IntVector c2 = LOW_4.selectFrom(b2, b6);
        IntVector c3 = LOW_4.selectFrom(b3, b7);
        IntVector c4 = HIGH_4.selectFrom(b0, b4);
        IntVector c5 = HIGH_4.selectFrom(b1, b5);
        IntVector c6 = HIGH_4.selectFrom(b2, b6);
        IntVector c7 = HIGH_4.selectFrom(b3, b7);
        IntVector c8 = LOW_4.selectFrom(b8, b12);
        IntVector c9 = LOW_4.selectFrom(b9, b13);
        IntVector c10 = LOW_4.selectFrom(b10, b14);
        IntVector c11 = LOW_4.selectFrom(b11, b15);
        IntVector c12 = HIGH_4.selectFrom(b8, b12);
        IntVector c13 = HIGH_4.selectFrom(b9, b13);
        IntVector c14 = HIGH_4.selectFrom(b10, b14);
        IntVector c15 = HIGH_4.selectFrom(b11, b15);

        LOW_8.selectFrom(c0, c8).lanewise(REVERSE_BYTES).intoArray(words, 0);
        LOW_8.selectFrom(c1, c9).lanewise(REVERSE_BYTES).intoArray(words, LANES);
        LOW_8.selectFrom(c2, c10).lanewise(REVERSE_BYTES).intoArray(words, 2 * LANES);
        LOW_8.selectFrom(c3, c11).lanewise(REVERSE_BYTES).intoArray(words, 3 * LANES);
        LOW_8.selectFrom(c4, c12).lanewise(REVERSE_BYTES).intoArray(words, 4 * LANES);
        LOW_8.selectFrom(c5, c13).lanewise(REVERSE_BYTES).intoArray(words, 5 * LANES);
        LOW_8.selectFrom(c6, c14).lanewise(REVERSE_BYTES).intoArray(words, 6 * LANES);
        LOW_8.selectFrom(c7, c15).lanewise(REVERSE_BYTES).intoArray(words, 7 * LANES);
        HIGH_8.selectFrom(c0, c8).lanewise(REVERSE_BYTES).intoArray(words, 8 * LANES);
        HIGH_8.selectFrom(c1, c9).lanewise(REVERSE_BYTES).intoArray(words, 9 * LANES);
        HIGH_8.selectFrom(c2, c10).lanewise(REVERSE_BYTES).intoArray(words, 10 * LANES);
        HIGH_8.selectFrom(c3, c11).lanewise(REVERSE_BYTES).intoArray(words, 11 * LANES);
        HIGH_8.selectFrom(c4, c12).lanewise(REVERSE_BYTES).intoArray(words, 12 * LANES);
        HIGH_8.selectFrom(c5, c13).lanewise(REVERSE_BYTES).intoArray(words, 13 * LANES);
        HIGH_8.selectFrom(c6, c14).lanewise(REVERSE_BYTES).intoArray(words, 14 * LANES);
        HIGH_8.selectFrom(c7, c15).lanewise(REVERSE_BYTES).intoArray(words, 15 * LANES);
    }

    private static IntVector low(int distance) {
        return choice(distance, 0);
    }

    private static IntVector high(int distance) {
        return choice(distance, distance);
    }

    /// Where the words of a row come from: an index into the two rows of a swap.
    private static IntVector choice(int distance, int half) {
        int[] from = new int[LANES];
        for (int i = 0; i < LANES; i++) {
            int lower = i & ~distance;
            from[i] = (i & distance) == 0 ? lower + half : LANES + lower + half;
        }
        return IntVector.fromArray(INTS, from, 0);
    }
}
