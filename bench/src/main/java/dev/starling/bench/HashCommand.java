package dev.starling.bench;

import dev.starling.node.DurationConverter;
import dev.starling.node.Event;
import dev.starling.node.GlobalOptions;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `starling bench hash`: what one core hashes a second, one line a case.
@Command(
        name = "hash",
        description = "Measure SHA-1 and SHA-256 on one core, from cache and from memory.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  starling bench hash", "  starling bench hash --duration 10s --json"})
final class HashCommand implements Callable<Integer> {

    /// `MessageDigest` hashes one message at a time.
    private static final int LANES = 1;

    private static final List<String> ALGORITHMS = List.of("SHA-1", "SHA-256");

    @Mixin private GlobalOptions options;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "3s",
            converter = DurationConverter.class,
            description = "How long each case takes (default: ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ZERO;

    @Override
    public Integer call() throws NoSuchAlgorithmException {
        var output = options.output();
        for (var algorithm : ALGORITHMS) {
            for (var source : HashRate.Source.values()) {
                double rate = HashRate.bytesPerSecond(algorithm, source, duration.toNanos());
                var sourceName = source.name().toLowerCase(Locale.ROOT);
                output.event(
                        Event.of("hash")
                                .text("algorithm", algorithm)
                                .number("lanes", LANES)
                                .text("source", sourceName)
                                .number("bytesPerSecond", Math.round(rate)));
                output.result(
                        "%-8s from %-6s %7.3f GB/s".formatted(algorithm, sourceName, rate / 1e9));
            }
        }
        return 0;
    }
}
