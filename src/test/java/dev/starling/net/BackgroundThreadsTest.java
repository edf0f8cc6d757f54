package dev.starling.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class BackgroundThreadsTest {

    private static final Path THREADS = Path.of("/proc/self/task");

    /// Of the fields after a thread's name in /proc/PID/stat, its niceness.
    private static final int NICE = 16;

    @Test
    void thoseNamedBecomeNicerAndNobodyElse() throws Exception {
        var started = new CountDownLatch(2);
        var over = new CountDownLatch(1);
        var background = start("test-compiler", started, over);
        var loop = start("test-loop", started, over);
        started.await();

        int given = BackgroundThreads.giveWay(Set.of("test-compiler"));

        assertThat(given).isEqualTo(1);
        assertThat(niceness("test-compiler")).hasSize(1);
        assertThat(niceness("test-loop")).hasSize(1);
        assertThat(niceness("test-compiler").getFirst())
                .isGreaterThan(niceness("test-loop").getFirst());
        over.countDown();
        background.join();
        loop.join();
    }

    @Test
    void whereNoneIsNamedSoNothingHappens() {
        assertThat(BackgroundThreads.giveWay(Set.of("nobody"))).isZero();
    }

    private static Thread start(String name, CountDownLatch started, CountDownLatch over) {
        return Thread.ofPlatform()
                .name(name)
                .start(() -> {
                    started.countDown();
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private static List<Integer> niceness(String name) throws IOException {
        var found = new ArrayList<Integer>();
        try (var threads = Files.newDirectoryStream(THREADS)) {
            for (var thread : threads) {
                String stat = stat(thread);
                if (stat.contains("(" + name + ")")) {
                    var fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
                    found.add(Integer.parseInt(fields.get(NICE)));
                }
            }
        }
        return found;
    }

    /// Empty for a thread that has just ended.
    private static String stat(Path thread) {
        try {
            return Files.readString(thread.resolve("stat"));
        } catch (IOException e) {
            return "";
        }
    }
}
