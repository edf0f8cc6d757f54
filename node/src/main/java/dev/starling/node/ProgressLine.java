package dev.starling.node;

import java.time.Duration;
import java.util.List;

/// One line about a job whose size is known: drawn over on a terminal, said at every tenth
/// elsewhere. Nothing is shown of a job that ends within [#PATIENCE_NANOS]. Thread-safe.
final class ProgressLine implements AutoCloseable {

    /// Whoever waits longer than this wants to know what for.
    private static final long PATIENCE_NANOS = 700_000_000;

    private static final long REDRAW_NANOS = 100_000_000;

    private final Output output;
    private final String verb;
    private final long total;
    private final long startNanos = System.nanoTime();
    private long nextDrawNanos = startNanos + PATIENCE_NANOS;
    private int saidTenths;
    private boolean isDrawn;

    ProgressLine(Output output, String verb, long total) {
        this.output = output;
        this.verb = verb;
        this.total = Math.max(total, 1);
    }

    /// So much of the total is done.
    synchronized void at(long done) {
        long now = System.nanoTime();
        if (now < nextDrawNanos) {
            return;
        }
        nextDrawNanos = now + REDRAW_NANOS;
        if (output.isLive()) {
            isDrawn = true;
            output.live(line(done, now));
        } else if (done * 10 / total > saidTenths) {
            saidTenths = (int) (done * 10 / total);
            output.progress(verb + " " + saidTenths * 10 + " %");
        }
    }

    private String line(long done, long nowNanos) {
        double share = Math.min(1, (double) done / total);
        double seconds = (nowNanos - startNanos) / 1e9;
        double rate = done / seconds;
        var left = Duration.ofMillis((long) ((total - done) / Math.max(rate, 1) * 1_000));
        var fields =
                List.of(
                        Units.bytes(done) + " of " + Units.bytes(total),
                        Units.rate(rate),
                        Units.duration(left) + " left");
        return verb + " " + Bar.of(share, fields, output, output.columns() - verb.length() - 1);
    }

    /// Takes the line off the terminal.
    @Override
    public synchronized void close() {
        if (isDrawn) {
            output.live("");
        }
        nextDrawNanos = Long.MAX_VALUE;
    }
}
