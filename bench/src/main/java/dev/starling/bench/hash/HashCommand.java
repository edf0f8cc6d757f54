package dev.starling.bench.hash;

import dev.starling.hash.HashAlgorithm;
import dev.starling.hash.HashLanes;
import dev.starling.node.DurationConverter;
import dev.starling.node.Event;
import dev.starling.node.GlobalOptions;
import dev.starling.node.Output;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `starling bench hash`: what one core hashes a second, one line a case.
@Command(
        name = "hash",
        description = {
            "Measure SHA-1 and SHA-256 on one core, from cache and from memory, one message at a"
                    + " time and in lanes, beside openssl.",
            "A second is one of processor time."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  starling bench hash", "  starling bench hash --duration 10s --json"})
public final class HashCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "3s",
            converter = DurationConverter.class,
            description = "How long each case takes (default: ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ZERO;

    @Override
    public Integer call() {
        var output = options.output();
        for (var algorithm : HashAlgorithm.values()) {
            var openssl = OpensslSpeed.bytesPerSecond(algorithm);
            openssl.ifPresent(rate -> reportOpenssl(output, algorithm, rate));
            var lanes = HashLanes.of(algorithm);
            for (var place : HashSource.Place.values()) {
                var source = new HashSource(place);
                double one = HashRate.ofOne(algorithm, source, duration.toNanos());
                report(output, new Case(algorithm, 1, place, one), openssl);
                lanes.ifPresent(many -> {
                    double rate = HashRate.ofLanes(algorithm, many, source, duration.toNanos());
                    report(output, new Case(algorithm, many.count(), place, rate), openssl);
                });
            }
        }
        return 0;
    }

    private record Case(
            HashAlgorithm algorithm, int lanes, HashSource.Place place, double bytesPerSecond) {}

    private static void report(Output output, Case one, OptionalDouble openssl) {
        var name = one.algorithm().standardName();
        var place = one.place().name().toLowerCase(Locale.ROOT);
        var event =
                Event.of("hash")
                        .text("algorithm", name)
                        .number("lanes", one.lanes())
                        .text("source", place)
                        .number("bytesPerSecond", Math.round(one.bytesPerSecond()));
        var ratio = "";
        if (openssl.isPresent()) {
            double times = one.bytesPerSecond() / openssl.getAsDouble();
            event.fraction("opensslRatio", times);
            ratio = "  %5.2f x openssl".formatted(times);
        }
        output.event(event);
        output.result(
                "%-8s %2d %-8s from %-6s %7.3f GB/s%s"
                        .formatted(
                                name,
                                one.lanes(),
                                one.lanes() == 1 ? "message" : "messages",
                                place,
                                one.bytesPerSecond() / 1e9,
                                ratio));
    }

    private static void reportOpenssl(Output output, HashAlgorithm algorithm, double rate) {
        output.event(
                Event.of("openssl")
                        .text("algorithm", algorithm.standardName())
                        .number("bytesPerSecond", Math.round(rate)));
        output.result(
                "%-8s  openssl speed, one stream %6.3f GB/s"
                        .formatted(algorithm.standardName(), rate / 1e9));
    }
}
