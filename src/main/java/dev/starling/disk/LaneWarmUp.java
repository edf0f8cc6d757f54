package dev.starling.disk;

import dev.starling.hash.HashAlgorithm;
import dev.starling.hash.HashLanes;
import dev.starling.hash.LaneTrial;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets SHA-1 in lanes compiled: a thread of its own tries them until they have proved right and
/// faster than `MessageDigest` on this machine. Thread-safe.
final class LaneWarmUp implements AutoCloseable {

    /// Compiling takes as long as lanes save on so much, on one thread.
    private static final long WORTH_BYTES_PER_THREAD = 3L << 29;

    /// Set to `false` to hash one piece at a time, for comparison.
    private static final String PROPERTY = "starling.lanes";

    /// So often in a row lanes must win: at first `MessageDigest` is not compiled either.
    private static final int WINS = 50;

    /// Some ten seconds: a JVM that has not compiled them by then never will.
    private static final int MAX_TRIALS = 20_000;

    /// The compiler works meanwhile; trying without a rest would only take time from it.
    private static final long PAUSE_NANOS = 500_000;

    /// Compiling takes half a second, and on a busy machine a few times that.
    private static final long MAX_WAIT_SECONDS = 3;

    private static final Logger log = LoggerFactory.getLogger(LaneWarmUp.class);

    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean isReady;
    private volatile boolean isClosed;

    private LaneWarmUp() {}

    /// Begins to warm up if that pays for so many bytes on so many threads.
    static LaneWarmUp forBytes(long bytes, int threads) {
        var warmUp = new LaneWarmUp();
        boolean isWorth = bytes >= threads * WORTH_BYTES_PER_THREAD;
        boolean isAllowed = !"false".equals(System.getProperty(PROPERTY));
        var lanes =
                isWorth && isAllowed
                        ? HashLanes.of(HashAlgorithm.SHA_1)
                        : Optional.<HashLanes>empty();
        lanes.ifPresentOrElse(warmUp::start, warmUp.end::countDown);
        return warmUp;
    }

    /// Lanes for one thread, if they are worth using by now.
    Optional<HashLanes> lanes() {
        return isReady ? HashLanes.of(HashAlgorithm.SHA_1) : Optional.empty();
    }

    /// Waits until it is known whether lanes are worth using, though not for long. To hash
    /// meanwhile would take the processor from the compiler, and thrice as much of it as lanes
    /// will.
    void await() {
        try {
            boolean _ = end.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(HashLanes lanes) {
        Thread.ofPlatform().daemon().name("lanes").start(() -> run(lanes));
    }

    private void run(HashLanes lanes) {
        try {
            isReady = proves(lanes);
        } finally {
            end.countDown();
        }
    }

    private boolean proves(HashLanes lanes) {
        var trial = new LaneTrial(HashAlgorithm.SHA_1, lanes, new Random(1), System::nanoTime);
        int wins = 0;
        for (int i = 0; i < MAX_TRIALS && !isClosed; i++) {
            switch (trial.run()) {
                case FAST -> wins++;
                case SLOW -> {
                    wins = 0;
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                case WRONG -> {
                    log.warn("lanes give wrong digests on this machine and are not used");
                    return false;
                }
            }
            if (wins == WINS) {
                log.debug("hashing in {} lanes after {} trials", lanes.count(), i + 1);
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
