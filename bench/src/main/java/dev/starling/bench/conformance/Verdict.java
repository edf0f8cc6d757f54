package dev.starling.bench.conformance;

/// What became of one check.
sealed interface Verdict {

    record Holds() implements Verdict {}

    /// The node does otherwise.
    ///
    /// @param detail what came instead
    record Fails(String detail) implements Verdict {}

    /// It could not be tried here.
    record Skipped(String reason) implements Verdict {}

    static Verdict of(boolean holds, Object detail) {
        return holds ? new Holds() : new Fails(String.valueOf(detail));
    }
}
