package dev.starling.crawler.catalogue.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done beside: a thread that commits the index now and then, and carries out what other
/// processes ask for in the folder.
final class Upkeep implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    /// How soon a request is noticed.
    private static final long TICK_MILLIS = 500;

    static final Upkeep NONE = new Upkeep(new Thread());

    private final CountDownLatch end = new CountDownLatch(1);
    private Thread thread;

    private Upkeep(Thread thread) {
        this.thread = thread;
    }

    static Upkeep start(
            Writing writing, EmbeddedBlocks blocks, Path folder, Duration commitInterval) {
        var upkeep = new Upkeep(new Thread());
        var requests = new BlockRequests(folder);
        upkeep.thread =
                Thread.ofPlatform()
                        .name("catalogue-upkeep")
                        .daemon()
                        .start(() -> upkeep.run(writing, blocks, requests, commitInterval));
        return upkeep;
    }

    private void run(
            Writing writing, EmbeddedBlocks blocks, BlockRequests requests, Duration interval) {
        long committedNanos = System.nanoTime();
        long tickMillis = Math.min(TICK_MILLIS, interval.toMillis());
        try {
            while (!end.await(tickMillis, TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                boolean isDue = now - committedNanos >= interval.toNanos();
                committedNanos = isDue ? now : committedNanos;
                tick(writing, blocks, requests, isDue);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tick(
            Writing writing, EmbeddedBlocks blocks, BlockRequests requests, boolean isDue) {
        try {
            boolean hasChanged = requests.serve(blocks);
            if (isDue || hasChanged) {
                writing.commit();
            }
        } catch (IOException e) {
            log.warn("the catalogue's upkeep failed, it will be tried again", e);
        }
    }

    @Override
    public void close() {
        end.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
