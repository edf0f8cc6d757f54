package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `starling node` says of its config file before it runs.
final class NodeCommandTest {

    private static final Path SAMPLE = Path.of("src/main/packaging/starling.conf");

    @TempDir private Path folder = Path.of("");

    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.commandLine(arguments)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private int check(String config) throws IOException {
        var file = folder.resolve("node.conf");
        Files.writeString(file, config);
        return run("node", "--config", file.toString());
    }

    @Test
    void aWrongLineEndsTheCommandAsWrongUsage() throws IOException {
        assertThat(check("port = 6881\nbootstrp = a:1\n")).isEqualTo(2);

        assertThat(err.toString())
                .startsWith("error: ")
                .contains("node.conf:2: there is no key 'bootstrp'", "Is bootstrap meant?")
                .doesNotContain("Usage");
    }

    @Test
    void valuesAreCheckedAsFlagsAre() throws IOException {
        assertThat(check("port = 70000\n")).isEqualTo(2);
        assertThat(check("log = loud\n")).isEqualTo(2);

        assertThat(err.toString())
                .contains("node.conf:1: port 70000 is not in 0..65535")
                .contains("node.conf:1: Invalid value for option '--log'");
    }

    @Test
    void addressesAreCheckedBeforeTheNodeStarts() throws IOException {
        assertThat(check("port = 0\nlisten = nonsense\n")).isEqualTo(2);
        assertThat(check("bootstrap = 127.0.0.1\n")).isEqualTo(2);
        assertThat(check("\nbootstrap = a.example:99999\n")).isEqualTo(2);
        assertThat(check("ring-contacts = 10000001\n")).isEqualTo(2);

        assertThat(err.toString())
                .contains("node.conf:2: ", "'nonsense' is no IP address")
                .contains("node.conf:1: ", "'127.0.0.1' is no HOST:PORT")
                .contains("port 99999 of 'a.example:99999' is not in 1..65535")
                .contains("'10000001' is more than 10000000");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(run("node", "--config", "no-such.conf")).isEqualTo(1);

        assertThat(err.toString()).contains("no-such.conf");
    }

    /// Lines of the sample that are commented out are examples, and as good as the others.
    @Test
    void everyLineOfTheSampleIsGood() throws IOException {
        var uncommented =
                Files.readAllLines(SAMPLE).stream()
                        .map(line -> line.replaceFirst("^#(?=[a-z-]+ =)", ""))
                        .collect(Collectors.joining("\n"));

        int status = check(uncommented + "\nno-such-key = 1\n");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("there is no key 'no-such-key'");
        assertThat(uncommented).contains("\nbootstrap =", "\ndata =");
    }
}
