package dev.starling.bench;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// `starling bench hash`: what one core hashes a second, one line a case.
@Command(
        name = "hash",
        description = "Measures SHA-1 and SHA-256 on one core, from cache and from memory.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  starling bench hash", "  starling bench hash --json"})
final class HashCommand implements Callable<Integer> {

    /// `MessageDigest` hashes one message at a time.
    private static final int LANES = 1;

    private static final List<String> ALGORITHMS = List.of("SHA-1", "SHA-256");

    private final JsonFactory json = new JsonFactory();

    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "Prints one JSON object a line.")
    private boolean isJson;

    @Override
    public Integer call() throws NoSuchAlgorithmException {
        var out = spec.commandLine().getOut();
        for (var algorithm : ALGORITHMS) {
            for (var source : HashRate.Source.values()) {
                double bytesPerSecond = HashRate.bytesPerSecond(algorithm, source);
                report(out, algorithm, source.name().toLowerCase(Locale.ROOT), bytesPerSecond);
            }
        }
        return 0;
    }

    private void report(PrintWriter out, String algorithm, String source, double bytesPerSecond) {
        if (isJson) {
            out.println(event(algorithm, source, Math.round(bytesPerSecond)));
        } else {
            out.printf("%-8s from %-6s %7.3f GB/s%n", algorithm, source, bytesPerSecond / 1e9);
        }
        out.flush();
    }

    private String event(String algorithm, String source, long bytesPerSecond) {
        var line = new StringWriter();
        try (var generator = json.createGenerator(ObjectWriteContext.empty(), line)) {
            generator
                    .writeStartObject()
                    .writeStringProperty("event", "hash")
                    .writeStringProperty("algorithm", algorithm)
                    .writeNumberProperty("lanes", LANES)
                    .writeStringProperty("source", source)
                    .writeNumberProperty("bytesPerSecond", bytesPerSecond)
                    .writeEndObject();
        }
        return line.toString();
    }
}
