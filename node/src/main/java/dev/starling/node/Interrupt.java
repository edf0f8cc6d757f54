package dev.starling.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C or a stop from the system, turned into a word to the command, which then has [#GRACE] to
/// end well.
public final class Interrupt implements AutoCloseable {

    /// A person waits two seconds for a program to stop, no longer.
    static final Duration GRACE = Duration.ofMillis(1_900);

    /// Exit status of a command that was interrupted.
    public static final int STATUS = 130;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::hold, "interrupt");

    private final Runnable late;

    private Interrupt(Runnable late) {
        this.late = late;
    }

    public static Interrupt watch() {
        return watch(() -> {});
    }

    /// @param late done, on another thread, when the command has not ended within [#GRACE]
    static Interrupt watch(Runnable late) {
        var interrupt = new Interrupt(late);
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    private void hold() {
        asked.countDown();
        try {
            boolean isInTime = ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            if (!isInTime) {
                late.run();
                Runtime.getRuntime().halt(STATUS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    /// @throws InterruptedException if the interrupt has come
    void check() throws InterruptedException {
        if (isAsked()) {
            throw new InterruptedException("asked to stop");
        }
    }

    /// Waits for an interrupt, at most so long; true if it came.
    public boolean await(Duration atMost) throws InterruptedException {
        return asked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// The command has ended well.
    @Override
    public void close() {
        ended.countDown();
        if (!isAsked()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                ended.countDown(); // the process ends already: the hook runs and finds us done
            }
        }
    }
}
