package dev.starling.bench;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;

/// How many bytes a second one thread hashes, by algorithm and by where the bytes lie.
///
/// Confined to the calling thread, so that the figure is that of one core. Holds [Source#MEMORY]'s
/// 256 MiB while that case runs.
final class HashRate {

    /// Untimed hashing before the first window, so that the compiled code is what is measured.
    private static final long WARM_UP_NANOS = 700_000_000L;

    /// One timed window; its clock is read once a message, which costs nothing beside 16 KiB.
    private static final long WINDOW_NANOS = 300_000_000L;

    /// The median of this many windows is the figure: it shrugs off a neighbour's burst.
    private static final int WINDOW_COUNT = 7;

    private static final long SEED = 1;

    /// Where the hashed bytes lie.
    enum Source {
        /// 16 messages of 16 KiB, one block each: they stay in a core's own cache.
        CACHE(16, 16 * 1024),
        /// 256 messages of 1 MiB: more than a core's share of the cache, so read from memory.
        MEMORY(256, 1024 * 1024);

        final int messageCount;
        final int messageLengthBytes;

        Source(int messageCount, int messageLengthBytes) {
            this.messageCount = messageCount;
            this.messageLengthBytes = messageLengthBytes;
        }
    }

    private final MessageDigest digest;
    private final byte[][] messages;
    private int nextIndex;

    private HashRate(MessageDigest digest, Source source) {
        this.digest = digest;
        this.messages = new byte[source.messageCount][source.messageLengthBytes];
        var random = new Random(SEED);
        for (var message : messages) {
            random.nextBytes(message);
        }
    }

    /// The rate of `algorithm` (a `MessageDigest` name) over bytes from `source`; takes about 3 s.
    static double bytesPerSecond(String algorithm, Source source) throws NoSuchAlgorithmException {
        var rate = new HashRate(MessageDigest.getInstance(algorithm), source);
        rate.window(WARM_UP_NANOS);
        var windows = new double[WINDOW_COUNT];
        for (int index = 0; index < WINDOW_COUNT; index++) {
            windows[index] = rate.window(WINDOW_NANOS);
        }
        Arrays.sort(windows);
        return windows[WINDOW_COUNT / 2];
    }

    private double window(long lengthNanos) {
        long start = System.nanoTime();
        long bytes = 0;
        long elapsed;
        do {
            var message = messages[nextIndex];
            nextIndex = (nextIndex + 1) % messages.length;
            digest.update(message);
            bytes += message.length;
            elapsed = System.nanoTime() - start;
        } while (elapsed < lengthNanos);
        digest.reset();
        return bytes * 1e9 / elapsed;
    }
}
