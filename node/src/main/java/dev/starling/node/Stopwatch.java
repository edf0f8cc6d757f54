package dev.starling.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Time since the process was started, the only start a person knows of.
public final class Stopwatch {

    /// `starttime` of proc(5), counted from the field after the name.
    private static final int START_TIME_FIELD = 19;

    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux

    /// No start takes longer; a larger age means that the clocks do not belong together.
    private static final double MAX_START_SECONDS = 60;

    private final long originNanos;

    private Stopwatch(long originNanos) {
        this.originNanos = originNanos;
    }

    /// Counts from when the operating system started this process, or from now where it does not
    /// say.
    static Stopwatch sinceProcessStart() {
        double ageSeconds = Math.clamp(processAgeSeconds(), 0, MAX_START_SECONDS);
        return new Stopwatch(System.nanoTime() - (long) (ageSeconds * 1e9));
    }

    /// From Linux's own counts, to a hundredth; the start that the JDK knows is rounded to seconds
    /// there.
    private static double processAgeSeconds() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            String uptime = Files.readString(Path.of("/proc/uptime"));
            double now = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
            return now - Long.parseLong(fields[START_TIME_FIELD]) / TICKS_PER_SECOND;
        } catch (IOException | RuntimeException e) {
            return 0; // not Linux
        }
    }

    public static Stopwatch sinceNow() {
        return new Stopwatch(System.nanoTime());
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - originNanos);
    }

    public double seconds() {
        return elapsed().toNanos() / 1e9;
    }
}
