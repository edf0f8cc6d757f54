package dev.starling.hash;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// The vectors that hold one word of every lane.
final class LaneSpecies {

    /// As many as a block has words, and as AVX-512 has 32-bit lanes. Half of them, with AVX2,
    /// would be slower than a processor's own instructions for one message.
    static final int LANES = 16;

    static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;

    private LaneSpecies() {}

    /// Whether the processor has such vectors; any other would emulate them, slowly.
    static boolean isNative() {
        return IntVector.SPECIES_PREFERRED.length() >= LANES;
    }
}
