package dev.starling.crawler.web.live;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at a crawl once a second, remembers what it saw, and wakes whoever waits for it.
/// Thread-safe.
public final class Pulse implements AutoCloseable {

    static final Duration PERIOD = Duration.ofSeconds(1);

    private final Optional<CrawlView> crawl;
    private final InstantSource clock;
    private final Trend trend = new Trend();
    private final Thread thread;
    private Trend.@Nullable Sample latest;
    private long beats;
    private boolean isClosed;

    public Pulse(Optional<CrawlView> crawl, InstantSource clock) {
        this.crawl = crawl;
        this.clock = clock;
        thread = Thread.ofPlatform().daemon().name("crawl-pulse").unstarted(this::run);
    }

    public void start() {
        beat();
        thread.start();
    }

    private void run() {
        try {
            while (!thread.isInterrupted()) {
                Thread.sleep(PERIOD);
                beat();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
        }
    }

    /// Takes one look, now.
    void beat() {
        var sample = crawl.map(it -> new Trend.Sample(clock.millis(), it.figures()));
        sample.ifPresent(trend::add);
        synchronized (this) {
            latest = sample.orElse(null);
            beats++;
            notifyAll();
        }
    }

    /// What was seen last; empty when nothing crawls.
    public synchronized Optional<Trend.Sample> latest() {
        return Optional.ofNullable(latest);
    }

    public Optional<CrawlView> crawl() {
        return crawl;
    }

    public Trend trend() {
        return trend;
    }

    /// Waits for the look after this one.
    ///
    /// @return its number, or a negative one when there will be none
    synchronized long await(long beat) throws InterruptedException {
        while (beats <= beat && !isClosed) {
            wait();
        }
        return isClosed ? -1 : beats;
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            notifyAll();
        }
        thread.interrupt();
    }
}
