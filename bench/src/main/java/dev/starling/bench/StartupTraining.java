package dev.starling.bench;

import dev.starling.node.Main;

/// The run from which the build makes the start-up cache (JDK 25's AOT cache).
///
/// Whatever classes these commands load, and whatever methods they use often, a later start finds
/// ready. They may print but must do nothing that outlasts the run.
final class StartupTraining {

    private StartupTraining() {}

    /// Runs the commands; the JVM's options say where the cache goes.
    public static void main(String[] args) {
        Main.run("--version");
        Main.run("--help");
        Main.run("bench", "hash", "--help");
        Main.run("bench", "no-such-benchmark");
        System.exit(0); // As the program does: ending with a status loads classes too.
    }
}
