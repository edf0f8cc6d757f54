package dev.starling.hash;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Digests of several messages of one length, taken side by side: a message to each lane of the
/// processor's widest vectors. Confined to one thread; reusable; hashing allocates nothing.
///
/// It costs the same however many lanes are used. The JVM compiles the code only after some use,
/// and until then it is a hundred times slower than `MessageDigest`: warm up first.
public interface HashLanes {

    /// Lanes on this machine; empty where its vectors are too narrow, or where the JVM was started
    /// without the module `jdk.incubator.vector`.
    static Optional<HashLanes> of(HashAlgorithm algorithm) {
        try {
            return LaneSpecies.isNative()
                    ? Optional.of(new VectorLanes(algorithm))
                    : Optional.empty();
        } catch (LinkageError e) {
            return Optional.empty();
        }
    }

    /// How many messages go at once.
    int count();

    /// Forgets everything and begins new messages.
    void begin();

    /// Takes the next bytes of each message.
    ///
    /// @param starts where in `data` each message's bytes begin; at most [#count()], at least one
    /// @param lengthBytes how many each has there: a multiple of [HashAlgorithm#BLOCK_BYTES]
    void update(MemorySegment data, long[] starts, long lengthBytes);

    /// Takes the last bytes of each message; `lengthBytes` may be any number, also zero.
    void finish(MemorySegment data, long[] starts, long lengthBytes);

    /// Copies the digest of the message in that lane to `target`, after [#finish].
    void digest(int lane, byte[] target, int offset);
}
