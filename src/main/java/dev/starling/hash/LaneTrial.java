package dev.starling.hash;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Hashes a little both ways and compares: whether lanes are right, and whether they are compiled
/// yet and faster than `MessageDigest`. To be repeated until they are. Confined to one thread.
public final class LaneTrial {

    /// Much less, and hashing in lanes would not be what is measured; much more, and what is not
    /// compiled yet would be slow for long.
    private static final int MESSAGE_BYTES = 512;

    /// Faster by so much that it pays to read from so many places at once.
    private static final double WORTH_IT = 1.25;

    /// What a trial finds.
    public enum Verdict {
        /// As slow as `MessageDigest`, or slower.
        SLOW,
        /// The same digests, and faster.
        FAST,
        /// Another digest: not to be used.
        WRONG
    }

    private final HashLanes lanes;
    private final MessageDigest digest;
    private final byte[] messages;
    private final MemorySegment copy;
    private final long[] starts;
    private final byte[] lane;
    private final LongSupplier nanoClock;

    /// @param random makes the messages
    /// @param nanoClock tells how long hashing took
    public LaneTrial(
            HashAlgorithm algorithm,
            HashLanes lanes,
            RandomGenerator random,
            LongSupplier nanoClock) {
        this.lanes = lanes;
        this.digest = algorithm.messageDigest();
        this.messages = new byte[lanes.count() * MESSAGE_BYTES];
        random.nextBytes(messages);
        this.copy = Arena.ofAuto().allocate(messages.length);
        MemorySegment.copy(messages, 0, copy, ValueLayout.JAVA_BYTE, 0, messages.length);
        this.starts = new long[lanes.count()];
        Arrays.setAll(starts, i -> (long) i * MESSAGE_BYTES);
        this.lane = new byte[algorithm.lengthBytes()];
        this.nanoClock = nanoClock;
    }

    /// One trial; it takes microseconds, or some milliseconds while nothing is compiled.
    public Verdict run() {
        long before = nanoClock.getAsLong();
        lanes.begin();
        lanes.finish(copy, starts, MESSAGE_BYTES);
        long between = nanoClock.getAsLong();
        boolean isRight = true;
        for (int i = 0; i < starts.length; i++) {
            digest.update(messages, (int) starts[i], MESSAGE_BYTES);
            lanes.digest(i, lane, 0);
            isRight &= MessageDigest.isEqual(digest.digest(), lane);
        }
        long after = nanoClock.getAsLong();
        if (!isRight) {
            return Verdict.WRONG;
        }
        boolean isFast = (between - before) * WORTH_IT <= after - between;
        return isFast ? Verdict.FAST : Verdict.SLOW;
    }
}
