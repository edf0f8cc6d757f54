package dev.starling.bench;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.stream.DoubleStream;

/// How many bytes a second one thread hashes, by algorithm and by where the bytes lie.
///
/// Confined to the calling thread, so that the figure is that of one core. Holds [Source#MEMORY]'s
/// 256 MiB while that case runs.
final class HashRate {

    /// The median of this many windows is the figure: it shrugs off a neighbour's burst.
    private static final int WINDOW_COUNT = 7;

    /// Untimed windows before them, so that the compiled code is what is measured.
    private static final int WARM_UP_COUNT = 3;

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

    /// The rate of `algorithm` (a `MessageDigest` name) over bytes from `source`, measured for
    /// about `durationNanos`.
    static double bytesPerSecond(String algorithm, Source source, long durationNanos)
            throws NoSuchAlgorithmException {
        var rate = new HashRate(MessageDigest.getInstance(algorithm), source);
        long windowNanos = durationNanos / (WARM_UP_COUNT + WINDOW_COUNT);
        rate.window(WARM_UP_COUNT * windowNanos);
        return DoubleStream.generate(() -> rate.window(windowNanos))
                .limit(WINDOW_COUNT)
                .sorted()
                .skip(WINDOW_COUNT / 2)
                .findFirst()
                .orElseThrow();
    }

    /// Hashes for so long and returns the rate; reading the clock costs nothing beside a message.
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
