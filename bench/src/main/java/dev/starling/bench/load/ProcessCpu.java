package dev.starling.bench.load;

import dev.starling.node.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// CPU time and memory of another process, as Linux counts them (proc(5)).
final class ProcessCpu {

    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux

    /// `utime` and `stime`, counted from the field after the name.
    private static final int USER_TIME_FIELD = 11;

    private final Path folder;

    ProcessCpu(long pid) {
        folder = Path.of("/proc", Long.toString(pid));
    }

    /// User and system time of all its threads so far.
    double seconds() throws Failure {
        try {
            String stat = Files.readString(folder.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[USER_TIME_FIELD])
                            + Long.parseLong(fields[USER_TIME_FIELD + 1]))
                    / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new Failure(
                    "the CPU time of " + folder + " cannot be read: " + e.getMessage(),
                    "--pid takes the process id of the target on this machine (Linux only).",
                    e);
        }
    }

    /// Bytes in memory now.
    long residentBytes() throws Failure {
        try (var lines = Files.lines(folder.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new Failure("the memory of " + folder + " cannot be read", "", e);
        }
    }
}
