package dev.starling.bench.sim;

import dev.starling.node.Failure;
import dev.starling.node.Units;
import dev.starling.sim.SimLatency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads how far hosts are apart.
final class Distances {

    /// More tell nothing more about a distribution.
    private static final int MAX_LINES = 1_000_000;

    private static final double NANOS_PER_MILLI = 1e6;

    private Distances() {}

    static SimLatency parse(String text) throws Failure, IOException {
        if (text.equals("internet")) {
            return SimLatency.INTERNET;
        }
        if (text.equals("regions")) {
            return SimLatency.REGIONS;
        }
        var file = Path.of(text);
        if (Files.isRegularFile(file)) {
            return SimLatency.measured(oneWayTimes(file));
        }
        try {
            return new SimLatency.Fixed(Units.parseDuration(text));
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    "'" + text + "' is neither a file nor a time",
                    "Write internet, regions, 50ms, or the name of a file.",
                    e);
        }
    }

    private static List<Duration> oneWayTimes(Path file) throws Failure, IOException {
        var times = new ArrayList<Duration>();
        try (var lines = Files.lines(file)) {
            for (var line : (Iterable<String>) lines.limit(MAX_LINES)::iterator) {
                times.add(Duration.ofNanos((long) (millis(line, file) * NANOS_PER_MILLI / 2)));
            }
        }
        if (times.isEmpty()) {
            throw new Failure(file + " is empty", "Put a round trip in milliseconds on each line.");
        }
        return times;
    }

    private static double millis(String line, Path file) throws Failure {
        try {
            double millis = Double.parseDouble(line.strip());
            if (millis >= 0 && millis < 3_600_000) {
                return millis;
            }
        } catch (NumberFormatException e) {
            throw unreadable(line, file);
        }
        throw unreadable(line, file);
    }

    private static Failure unreadable(String line, Path file) {
        return new Failure(
                "'" + line + "' in " + file + " is no round trip",
                "Put one in milliseconds on each line.");
    }
}
