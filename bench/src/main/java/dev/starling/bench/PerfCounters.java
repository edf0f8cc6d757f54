package dev.starling.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// Whether this machine lets us count instructions.
final class PerfCounters {

    private static final int MAX_SECONDS = 5;

    private PerfCounters() {}

    /// Virtual machines seldom show the counters, and `perf` is seldom installed.
    static boolean work() {
        try {
            var process =
                    new ProcessBuilder("perf", "stat", "-x", ",", "-e", "instructions", "true")
                            .redirectErrorStream(true)
                            .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean hasEnded = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
            return hasEnded && process.exitValue() == 0 && !said.contains("not supported");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
