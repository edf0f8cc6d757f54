package dev.starling.node;

import dev.starling.runtime.DhtService;
import dev.starling.runtime.Download;
import dev.starling.runtime.NeverCompleteException;
import dev.starling.swarm.SwarmStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for a download on the main thread, drawing how it goes.
final class DownloadWatch {

    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final long EVENT_NANOS = 1_000_000_000;

    private final Download download;
    private final DhtService dht;
    private final DownloadReport report;
    private final Output output;
    private long nextEventNanos = System.nanoTime() + EVENT_NANOS;
    private int saidTenths;

    /// What ends the wait besides completion.
    record Until(Interrupt interrupt, Optional<Duration> limit, boolean isSeeding) {}

    DownloadWatch(Download download, DhtService dht, DownloadReport report, Output output) {
        this.download = download;
        this.dht = dht;
        this.report = report;
        this.output = output;
    }

    /// The command's exit status.
    int run(Until until) throws Failure, InterruptedException {
        CompletableFuture<Path> completion = download.completion();
        while (!isDoneWithin(completion, REDRAW)) {
            if (until.interrupt().isAsked()) {
                return interrupted();
            }
            draw(download.status());
            if (until.limit()
                    .filter(limit -> report.stopwatch().elapsed().compareTo(limit) > 0)
                    .isPresent()) {
                throw timedOut(until.limit().get());
            }
        }
        report.completed(path(completion), download.status());
        return until.isSeeding() ? seed(until.interrupt()) : 0;
    }

    private static boolean isDoneWithin(CompletableFuture<Path> completion, Duration atMost)
            throws InterruptedException {
        try {
            completion.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true; // the failure is taken out and told by path()
        }
    }

    private Path path(CompletableFuture<Path> completion) throws Failure, InterruptedException {
        clearLine();
        try {
            return completion.get();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    static Failure failure(ExecutionException failed) {
        var cause = failed.getCause();
        return new Failure(
                String.valueOf(cause == null ? failed : cause.getMessage()),
                cause instanceof NeverCompleteException
                        ? "The same command fails again; ask for something else."
                        : "What was verified is kept; run the same command again.",
                failed);
    }

    private void draw(SwarmStatus status) {
        long now = System.nanoTime();
        if (now >= nextEventNanos) {
            nextEventNanos = now + EVENT_NANOS;
            report.progressed(status);
        }
        if (output.isLive()) {
            output.live(
                    DownloadLine.of(status, download.dhtProgress(), dht.contactCount(), output));
        } else if (status.wantedBytes() > 0
                && status.haveBytes() * 10 / status.wantedBytes() > saidTenths) {
            saidTenths = (int) (status.haveBytes() * 10 / status.wantedBytes());
            output.progress(DownloadLine.plain(status));
        }
    }

    private int seed(Interrupt interrupt) throws InterruptedException {
        output.progress("seeding until Ctrl-C");
        while (!interrupt.await(REDRAW)) {
            if (output.isLive()) {
                output.live(DownloadLine.seeding(download.status(), output));
            }
        }
        clearLine();
        return Interrupt.STATUS;
    }

    private int interrupted() {
        clearLine();
        SwarmStatus status = download.status();
        output.progress(
                "stopped with "
                        + Units.bytes(status.haveBytes())
                        + (status.wantedBytes() > 0
                                ? " of " + Units.bytes(status.wantedBytes())
                                : "")
                        + "; run the same command again to go on from there");
        return Interrupt.STATUS;
    }

    private Failure timedOut(Duration limit) {
        clearLine();
        SwarmStatus status = download.status();
        return new Failure(
                "not complete after "
                        + Units.duration(limit)
                        + ": "
                        + DownloadLine.why(status, download.dhtProgress(), dht.contactCount()),
                "What was verified is kept; run the same command again, or with a longer --timeout.");
    }

    private void clearLine() {
        if (output.isLive()) {
            output.live("");
        }
    }
}
