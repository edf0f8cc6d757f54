package dev.starling.node;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of `starling node` alone.
final class NodeOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Read options from a file: each line is 'key = value', and every long option"
                            + " is a key without its dashes. What is given here beats the file."
                            + " SIGHUP reads it again.")
    private @Nullable Path config;

    @Option(
            names = "--log",
            paramLabel = "LEVEL",
            description = "Log from this level on: ${COMPLETION-CANDIDATES} (default: warn).")
    private @Nullable LogLevel log;

    Optional<Path> config() {
        return Optional.ofNullable(config);
    }

    Optional<LogLevel> log() {
        return Optional.ofNullable(log);
    }
}
