package dev.starling.hash;

/// A hash function's work on one block of every lane. Confined to one thread.
abstract sealed class Rounds permits Sha1Rounds, Sha256Rounds {

    private final int[] initial;

    Rounds(int[] initial) {
        this.initial = initial;
    }

    /// How many words the digest has.
    final int digestWords() {
        return initial.length;
    }

    /// Word `i` of the state before the first block.
    final int initial(int i) {
        return initial[i];
    }

    /// Takes one block of every lane into the state.
    ///
    /// @param words the block's 16 words; has room for 20, and loses them
    abstract void compress(int[] state, int[] words);
}
