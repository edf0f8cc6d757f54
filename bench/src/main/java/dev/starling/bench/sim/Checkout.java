package dev.starling.bench.sim;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The checkout this program was built in, as far as it can be found.
final class Checkout {

    private static final String UNKNOWN = "unknown";

    private Checkout() {}

    /// The commit that is checked out, or `unknown` where there is no checkout around the program.
    static String commit() {
        try {
            var code = Checkout.class.getProtectionDomain().getCodeSource();
            if (code == null) {
                return UNKNOWN;
            }
            for (var at = Path.of(code.getLocation().toURI()); at != null; at = at.getParent()) {
                if (Files.isRegularFile(at.resolve(".git/HEAD"))) {
                    return commit(at.resolve(".git")).orElse(UNKNOWN);
                }
            }
            return UNKNOWN;
        } catch (IOException | URISyntaxException e) {
            return UNKNOWN; // it only helps whoever reads the report
        }
    }

    private static Optional<String> commit(Path git) throws IOException {
        var head = Files.readString(git.resolve("HEAD")).strip();
        if (!head.startsWith("ref: ")) {
            return Optional.of(head);
        }
        var reference = head.substring("ref: ".length());
        var file = git.resolve(reference);
        if (Files.isRegularFile(file)) {
            return Optional.of(Files.readString(file).strip());
        }
        var packed = git.resolve("packed-refs");
        if (!Files.isRegularFile(packed)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(packed)) {
            return lines.filter(line -> line.endsWith(" " + reference))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .findFirst();
        }
    }
}
