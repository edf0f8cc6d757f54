package dev.starling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HashCommandTest {

    @Test
    void everyCaseIsOneEvent() {
        var out = new StringWriter();
        var command = new CommandLine(new BenchCommand()).setOut(new PrintWriter(out));

        int status = command.execute("hash", "--json", "--duration", "50ms");

        assertThat(status).isZero();
        assertThat(out.toString().lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("{\"event\":\"hash\",\"algorithm\":\"SHA-"))
                .allMatch(line -> line.matches(".*\"lanes\":1,.*\"bytesPerSecond\":[1-9]\\d+}"));
        assertThat(out.toString().lines().filter(line -> line.contains("\"source\":\"cache\"")))
                .hasSize(2);
    }

    @Test
    void whatIsNoDurationIsWrongUsage() {
        var err = new StringWriter();
        var command = new CommandLine(new BenchCommand()).setErr(new PrintWriter(err));

        int status = command.execute("hash", "--duration", "soon");

        assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("soon");
    }
}
