package dev.starling.node.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Wall time, CPU time and memory of one process from its start to its end, from what Linux counts.
final class Meter {

    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux

    private final LabProcess process;
    private final long startNanos = System.nanoTime();

    Meter(LabProcess process) {
        this.process = process;
    }

    /// Waits for the end, then prints.
    void report(String name) {
        long deadline = startNanos + Get.PATIENCE.toNanos();
        Sample last = new Sample(0, 0);
        while (process.isAlive()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(name + " has not ended: " + process.tail(20));
            }
            try {
                Sample now = of(process);
                last = new Sample(now.cpuSeconds(), Math.max(last.peakMib(), now.peakMib()));
                Thread.sleep(5);
            } catch (IOException e) {
                break; // it has just ended; the last sample is 5 ms old
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        int status = process.awaitExit(Lab.PATIENCE);
        System.out.printf(
                Locale.ROOT,
                "measured: %s: %.2f s wall, %s, status %d%n",
                name,
                (System.nanoTime() - startNanos) / 1e9,
                last,
                status);
        if (status != 0) {
            throw new AssertionError(name + " failed: " + process.tail(40));
        }
    }

    static Sample of(LabProcess process) throws IOException {
        Path folder = Path.of("/proc/" + process.pid());
        String stat = Files.readString(folder.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        for (String line : Files.readAllLines(folder.resolve("status"))) {
            if (line.startsWith("VmHWM:")) {
                return new Sample(cpu, Long.parseLong(line.replaceAll("\\D", "")) / 1024);
            }
        }
        return new Sample(cpu, 0);
    }

    /// CPU seconds so far and the largest resident memory.
    record Sample(double cpuSeconds, long peakMib) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f CPU s, %d MiB", cpuSeconds, peakMib);
        }
    }
}
