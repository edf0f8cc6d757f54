package dev.starling.hash;

import static dev.starling.hash.HashAlgorithm.BLOCK_BYTES;
import static dev.starling.hash.LaneSpecies.LANES;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Lanes by the JDK's vector API.
final class VectorLanes implements HashLanes {

    /// The words of a block, and the last four of the schedule.
    private static final int WORDS = 20;

    /// A message ends with a one bit and its length in eight bytes, big-endian.
    private static final int MIN_PADDING_BYTES = 9;

    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Rounds rounds;
    private final int[] state;
    private final int[] words = new int[WORDS * LANES];
    private final long[] lanes = new long[LANES];
    private final MemorySegment ends = Arena.ofAuto().allocate(2L * BLOCK_BYTES * LANES);
    private long doneBytes;

    VectorLanes(HashAlgorithm algorithm) {
        rounds =
                switch (algorithm) {
                    case SHA_1 -> new Sha1Rounds();
                    case SHA_256 -> new Sha256Rounds();
                };
        state = new int[rounds.digestWords() * LANES];
        begin();
    }

    @Override
    public int count() {
        return LANES;
    }

    @Override
    public void begin() {
        doneBytes = 0;
        for (int word = 0; word < rounds.digestWords(); word++) {
            Arrays.fill(state, word * LANES, (word + 1) * LANES, rounds.initial(word));
        }
    }

    @Override
    public void update(MemorySegment data, long[] starts, long lengthBytes) {
        if (lengthBytes % BLOCK_BYTES != 0) {
            throw new IllegalArgumentException(
                    lengthBytes + " bytes are no whole blocks of " + BLOCK_BYTES);
        }
        spread(starts);
        blocks(data, lengthBytes);
    }

    @Override
    public void finish(MemorySegment data, long[] starts, long lengthBytes) {
        long whole = lengthBytes - lengthBytes % BLOCK_BYTES;
        update(data, starts, whole);
        long messageBytes = doneBytes + (lengthBytes - whole);
        int rest = (int) (lengthBytes - whole);
        int endBytes = rest + MIN_PADDING_BYTES <= BLOCK_BYTES ? BLOCK_BYTES : 2 * BLOCK_BYTES;
        ends.fill((byte) 0);
        for (int lane = 0; lane < LANES; lane++) {
            long end = (long) lane * endBytes;
            MemorySegment.copy(data, lanes[lane] + whole, ends, end, rest);
            ends.set(ValueLayout.JAVA_BYTE, end + rest, (byte) 0x80);
            ends.set(LONG, end + endBytes - Long.BYTES, messageBytes * Byte.SIZE);
            lanes[lane] = end;
        }
        blocks(ends, endBytes);
    }

    /// Unused lanes hash again what the first one does.
    private void spread(long[] starts) {
        if (starts.length == 0 || starts.length > LANES) {
            throw new IllegalArgumentException(starts.length + " messages for " + LANES + " lanes");
        }
        System.arraycopy(starts, 0, lanes, 0, starts.length);
        Arrays.fill(lanes, starts.length, LANES, starts[0]);
    }

    private void blocks(MemorySegment data, long lengthBytes) {
        for (long at = 0; at < lengthBytes; at += BLOCK_BYTES) {
            LaneWords.load(data, lanes, at, words);
            rounds.compress(state, words);
        }
        doneBytes += lengthBytes;
    }

    @Override
    public void digest(int lane, byte[] target, int offset) {
        var bytes = MemorySegment.ofArray(target);
        for (int word = 0; word < rounds.digestWords(); word++) {
            bytes.set(INT, offset + (long) word * Integer.BYTES, state[word * LANES + lane]);
        }
    }
}
