package dev.starling.bench;

import dev.starling.node.Main;
import java.time.Duration;

/// The run from which the build makes the start-up cache (JDK 25's AOT cache).
///
/// Whatever classes these commands load, and whatever methods they use often, a later start finds
/// ready. They may print but must do nothing that outlasts the run.
final class StartupTraining {

    /// Time enough for a demo of a few seconds; one that hangs must not hang the build.
    private static final Duration DEMO_AT_MOST = Duration.ofSeconds(60);

    /// So much that what moves bytes is compiled in training: a later run then compiles that at
    /// once and little else.
    private static final String DEMO_SIZE = "256MiB";

    private StartupTraining() {}

    /// Runs the commands; the JVM's options say where the cache goes.
    public static void main(String[] args) throws InterruptedException {
        Main.run("--version");
        Main.run("--help");
        Main.run("bench", "hash", "--help");
        Main.run("bench", "no-such-benchmark");
        // A node, a seeder and a downloader in one: the classes of the main job.
        Thread.ofVirtual()
                .start(() -> Main.run("demo", "--json", "--size", DEMO_SIZE, "--nodes", "8"))
                .join(DEMO_AT_MOST);
        System.exit(0); // As the program does: ending with a status loads classes too.
    }
}
