package dev.starling.bench.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.hash.HashAlgorithm;
import dev.starling.hash.HashLanes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HashCommandTest {

    @Test
    void everyCaseIsOneEvent() {
        var out = new StringWriter();
        var command = new CommandLine(new HashCommand()).setOut(new PrintWriter(out));

        int status = command.execute("--json", "--duration", "50ms");

        int ways = HashLanes.of(HashAlgorithm.SHA_1).isPresent() ? 2 : 1;
        assertThat(status).isZero();
        assertThat(cases(out))
                .hasSize(ways * 4)
                .allMatch(line -> line.startsWith("{\"event\":\"hash\",\"algorithm\":\"SHA-"))
                .allMatch(line -> line.matches(".*\"bytesPerSecond\":[1-9]\\d+.*}"));
        assertThat(cases(out).filter(line -> line.contains("\"source\":\"cache\"")))
                .hasSize(ways * 2);
        assertThat(cases(out).filter(line -> line.contains("\"lanes\":1,"))).hasSize(4);
    }

    @Test
    void opensslsLastColumnIsRead() {
        var said =
                """
                version: 3.0.19
                The 'numbers' are in 1000s of bytes per second processed.
                type          16384 bytes
                sha1           2020369.50k
                """;

        assertThat(OpensslSpeed.rateIn(said)).hasValue(2_020_369_500.0);
        assertThat(OpensslSpeed.rateIn("sha1: unknown")).isEmpty();
    }

    @Test
    void whatIsNoDurationIsWrongUsage() {
        var err = new StringWriter();
        var command = new CommandLine(new HashCommand()).setErr(new PrintWriter(err));

        int status = command.execute("--duration", "soon");

        assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("soon");
    }

    private static Stream<String> cases(StringWriter out) {
        return out.toString().lines().filter(line -> line.contains("\"event\":\"hash\""));
    }
}
