package dev.starling.runtime;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread for the little that is saved now and then, off the loops.
final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private static final ScheduledThreadPoolExecutor EXECUTOR =
            new ScheduledThreadPoolExecutor(
                    1,
                    task -> Thread.ofPlatform().daemon().name("starling-upkeep").unstarted(task));

    private Upkeep() {}

    static void run(Runnable task) {
        EXECUTOR.execute(() -> attempt(task));
    }

    static void after(Duration delay, Runnable task) {
        var _ = EXECUTOR.schedule(() -> attempt(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("could not be saved: reason={}", e.getMessage(), e);
        }
    }
}
