package dev.starling.bench.hash;

import dev.starling.hash.HashAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// What `openssl speed` says it hashes in one stream: the yardstick.
final class OpensslSpeed {

    /// The last column of the last line is thousands of bytes a second: `sha1 2020369.50k`.
    private static final Pattern RATE =
            Pattern.compile("^sha\\S*\\s+([0-9.]+)k\\s*$", Pattern.MULTILINE);

    /// It is told to take one second.
    private static final int MAX_SECONDS = 30;

    private OpensslSpeed() {}

    /// The bytes a second, or nothing if `openssl` is not there or says something else.
    static OptionalDouble bytesPerSecond(HashAlgorithm algorithm) {
        var name =
                switch (algorithm) {
                    case SHA_1 -> "sha1";
                    case SHA_256 -> "sha256";
                };
        try {
            var process =
                    new ProcessBuilder(
                                    "openssl",
                                    "speed",
                                    "-evp",
                                    name,
                                    "-bytes",
                                    "16384",
                                    "-seconds",
                                    "1")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean hasEnded = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
            return hasEnded ? rateIn(said) : OptionalDouble.empty();
        } catch (IOException e) {
            return OptionalDouble.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalDouble.empty();
        }
    }

    static OptionalDouble rateIn(String said) {
        var rate = RATE.matcher(said);
        return rate.find()
                ? OptionalDouble.of(Double.parseDouble(rate.group(1)) * 1_000)
                : OptionalDouble.empty();
    }
}
